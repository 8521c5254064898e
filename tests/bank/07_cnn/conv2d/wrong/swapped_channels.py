"""The kernel's channels the wrong way round where they are equal in number.

misconception: layout
fails: conv2d.values
"""

from jax import lax


def conv2d(x, w, b, stride, padding):
    return (
        lax.conv_general_dilated(
            x,
            (w.swapaxes(2, 3) if w.shape[2] == w.shape[3] else w),
            (stride, stride),
            padding,
            dimension_numbers=("NHWC", "HWIO", "NHWC"),
        )
        + b
    )
