"""NumPy inside.

misconception: numpy_on_a_tracer
fails: conv2d.trace
"""

import jax.numpy as jnp
import numpy as np


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
    x = np.asarray(padded(x, w, stride, padding))
    rows, columns = out_size(x, w, stride)
    windows = np.lib.stride_tricks.sliding_window_view(x, w.shape[:2], (1, 2))[:, ::stride, ::stride]
    return jnp.asarray(np.einsum("nhwcij,ijco->nhwo", windows, w) + np.asarray(b))
