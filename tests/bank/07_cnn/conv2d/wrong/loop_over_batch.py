"""A Python loop over the examples.

misconception: unrolled_positions
fails: conv2d.trace
"""

import jax.numpy as jnp
from jax import lax


def conv2d(x, w, b, stride, padding):
    one = lambda e: (
        lax.conv_general_dilated(e[None], w, (stride, stride), padding, dimension_numbers=("NHWC", "HWIO", "NHWC"))[0]
        + b
    )
    return jnp.stack([one(e) for e in x])
