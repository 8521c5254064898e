"""The way from x to the value is added: a large x swallows the value.

misconception: not_by_arithmetic
fails: set_border.values
"""

import jax.numpy as jnp


def set_border(x, value):
    frame = jnp.zeros(x.shape).at[0].set(1).at[-1].set(1).at[:, 0].set(1).at[:, -1].set(1)
    return x + frame * (value - x)
