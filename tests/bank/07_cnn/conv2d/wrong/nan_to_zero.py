"""Entries that are no numbers count as 0.

misconception: nan_is_news
fails: conv2d.shapes
"""

import jax.numpy as jnp
from jax import lax


def conv2d(x, w, b, stride, padding):
    x = jnp.nan_to_num(x)
    return lax.conv_general_dilated(x, w, [stride] * 2, padding, dimension_numbers=("NHWC", "HWIO", "NHWC")) + b
