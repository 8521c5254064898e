"""SAME at stride 1, then every s-th row taken.

misconception: same_padding
fails: conv2d.shapes
"""

from jax import lax


def conv2d(x, w, b, stride, padding):
    y = lax.conv_general_dilated(x, w, (1, 1), padding, dimension_numbers=("NHWC", "HWIO", "NHWC")) + b
    return y[:, ::stride, ::stride]
