"""SAME_LOWER: the odd zero above.

misconception: same_padding
fails: conv2d.shapes
"""

from jax import lax


def conv2d(x, w, b, stride, padding):
    return (
        lax.conv_general_dilated(
            x,
            w,
            (stride, stride),
            "SAME_LOWER" if padding == "SAME" else padding,
            dimension_numbers=("NHWC", "HWIO", "NHWC"),
        )
        + b
    )
