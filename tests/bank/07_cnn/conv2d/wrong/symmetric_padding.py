"""SAME as k // 2 zeros on every side, as other libraries pad.

misconception: same_padding
fails: conv2d.shapes
"""

from jax import lax


def conv2d(x, w, b, stride, padding):
    kh, kw = w.shape[:2]
    pad = [(kh // 2, (kh - 1) // 2), (kw // 2, (kw - 1) // 2)] if padding == "SAME" else padding
    return lax.conv_general_dilated(x, w, (stride, stride), pad, dimension_numbers=("NHWC", "HWIO", "NHWC")) + b
