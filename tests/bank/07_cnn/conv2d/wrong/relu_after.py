"""The nonlinearity is a part of it.

misconception: one_output
fails: conv2d.values
"""

import jax
from jax import lax


def conv2d(x, w, b, stride, padding):
    return jax.nn.relu(
        lax.conv_general_dilated(x, w, (stride, stride), padding, dimension_numbers=("NHWC", "HWIO", "NHWC")) + b
    )
