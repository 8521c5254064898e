"""The two formulas stand in a list, which a loop fills."""

import jax.numpy as jnp

RULES = []
for factor, power in ((3, 2), (-4, 1)):
    RULES.append(lambda y, factor=factor, power=power: factor * y**power)


def piecewise(x, y):
    below, above = RULES
    return jnp.where(x < 3, below(y), above(y))
