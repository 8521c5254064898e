"""A slice from the first row to the last: with one row its step is 0.

misconception: no_inside
fails: set_border.thin
"""

import jax.numpy as jnp


def set_border(x, value):
    x = jnp.asarray(x)
    height, width = x.shape
    return x.at[:: height - 1].set(value).at[:, :: width - 1].set(value)
