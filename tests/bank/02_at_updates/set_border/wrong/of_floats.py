"""A frame of float32, whatever x is.

misconception: other_dtype
fails: set_border.values
"""

import jax.numpy as jnp


def set_border(x, value):
    framed = jnp.full(x.shape, value, jnp.float32)
    return framed.at[1:-1, 1:-1].set(x[1:-1, 1:-1])
