"""A true convolution: the kernel turned round.

misconception: flipped_kernel
fails: conv2d.values
"""

from jax import lax


def conv2d(x, w, b, stride, padding):
    return (
        lax.conv_general_dilated(
            x, w[::-1, ::-1], (stride, stride), padding, dimension_numbers=("NHWC", "HWIO", "NHWC")
        )
        + b
    )
