"""A mask times the value: a value of -inf makes NaN of the inside.

misconception: not_by_arithmetic
fails: set_border.values
"""

import jax.numpy as jnp


def set_border(x, value):
    frame = jnp.zeros(x.shape).at[0].set(1).at[-1].set(1).at[:, 0].set(1).at[:, -1].set(1)
    return frame * value + (1 - frame) * x
