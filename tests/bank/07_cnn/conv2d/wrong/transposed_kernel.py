"""Rows and columns of the kernel swapped.

misconception: layout
fails: conv2d.values
"""

from jax import lax


def conv2d(x, w, b, stride, padding):
    return (
        lax.conv_general_dilated(
            x, w.transpose(1, 0, 2, 3), (stride, stride), padding, dimension_numbers=("NHWC", "HWIO", "NHWC")
        )
        + b
    )
