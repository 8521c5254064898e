"""The padding that the caller asks for is ignored.

misconception: one_output
fails: conv2d.values
"""

from jax import lax


def conv2d(x, w, b, stride, padding):
    return lax.conv_general_dilated(x, w, (stride, stride), "VALID", dimension_numbers=("NHWC", "HWIO", "NHWC")) + b
