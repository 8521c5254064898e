"""A Python loop over the input channels.

misconception: unrolled_positions
fails: conv2d.trace
"""

from jax import lax


def conv2d(x, w, b, stride, padding):
    y = 0
    for c in range(x.shape[3]):
        y = y + lax.conv_general_dilated(
            x[..., c : c + 1], w[:, :, c : c + 1], (stride, stride), padding, dimension_numbers=("NHWC", "HWIO", "NHWC")
        )
    return y + b
