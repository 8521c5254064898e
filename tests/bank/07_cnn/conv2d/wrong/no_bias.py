"""The bias forgotten.

misconception: bias_axis
fails: conv2d.values
"""

from jax import lax


def conv2d(x, w, b, stride, padding):
    return lax.conv_general_dilated(x, w, (stride, stride), padding, dimension_numbers=("NHWC", "HWIO", "NHWC"))
