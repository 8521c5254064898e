"""A Python loop over the output channels.

misconception: unrolled_positions
fails: conv2d.trace
"""

import jax.numpy as jnp
from jax import lax


def conv2d(x, w, b, stride, padding):
    layout = ("NHWC", "HWIO", "NHWC")
    planes = [
        lax.conv_general_dilated(x, w[..., c : c + 1], (stride, stride), padding, dimension_numbers=layout) + b[c]
        for c in range(w.shape[3])
    ]
    return jnp.concatenate(planes, -1)
