"""(3y)**2.

misconception: which_branch
fails: piecewise.values
"""

import jax.numpy as jnp


def piecewise(x, y):
    return jnp.where(x < 3, (3 * y) ** 2, -4 * y)
