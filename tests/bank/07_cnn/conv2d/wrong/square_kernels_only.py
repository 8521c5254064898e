"""The kernel's height used for both sides.

misconception: same_padding
fails: conv2d.shapes
"""

import jax.numpy as jnp
from jax import lax


def padded(x, w, stride, padding):
    if padding == "VALID":
        return x
    sides = [(0, 0)]
    for n, k in zip(x.shape[1:3], w.shape[:2]):
        total = max((-(-n // stride) - 1) * stride + k - n, 0)
        sides.append((total // 2, total - total // 2))
    return jnp.pad(x, [*sides, (0, 0)])


def out_size(x, w, stride):
    return (x.shape[1] - w.shape[0]) // stride + 1, (x.shape[2] - w.shape[1]) // stride + 1


def conv2d(x, w, b, stride, padding):
    k = w.shape[0]
    w = jnp.pad(w, ((0, 0), (0, max(k - w.shape[1], 0)), (0, 0), (0, 0)))[:, :k]
    return lax.conv_general_dilated(x, w, (stride, stride), padding, dimension_numbers=("NHWC", "HWIO", "NHWC")) + b
