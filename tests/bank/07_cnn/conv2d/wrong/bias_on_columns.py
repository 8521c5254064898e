"""The bias along the columns where that fits.

misconception: bias_axis
fails: conv2d.values
"""

from jax import lax


def conv2d(x, w, b, stride, padding):
    y = lax.conv_general_dilated(x, w, (stride, stride), padding, dimension_numbers=("NHWC", "HWIO", "NHWC"))
    return y + (b[:, None] if y.shape[2] == len(b) else b)
