"""A Python loop over the examples, two operations each.

misconception: unrolled_positions
fails: conv2d.trace
"""

import jax.numpy as jnp
from jax import lax


def conv2d(x, w, b, stride, padding):
    layout = ("NHWC", "HWIO", "NHWC")
    images = [
        lax.conv_general_dilated(x[i : i + 1], w, (stride, stride), padding, dimension_numbers=layout)
        for i in range(len(x))
    ]
    return jnp.concatenate(images) + b
