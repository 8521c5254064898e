"""The comparison of a Python number is taken for an array.

misconception: a_number_is_no_array
fails: piecewise.values
"""

import jax.numpy as jnp


def piecewise(x, y):
    below = (x < 3).astype(jnp.float32)
    return below * 3 * y**2 - (1 - below) * 4 * y
