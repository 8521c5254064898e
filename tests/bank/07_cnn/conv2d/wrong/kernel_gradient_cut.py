"""The kernel's gradient is cut where strides skip pixels.

misconception: gradient_cut
fails: conv2d.trace
"""

from jax import lax


def conv2d(x, w, b, stride, padding):
    w = w if stride == 1 else lax.stop_gradient(w)
    return lax.conv_general_dilated(x, w, (stride, stride), padding, dimension_numbers=("NHWC", "HWIO", "NHWC")) + b
