"""A call back to NumPy.

misconception: gradient_cut
fails: max_pool.trace
"""

import jax
import numpy as np


def pooled(x, window, stride):
    views = np.lib.stride_tricks.sliding_window_view(x, (window, window), axis=(1, 2))
    return views[:, ::stride, ::stride].max((-2, -1))


def max_pool(x, window, stride):
    n, height, width, channels = x.shape
    rows, columns = ((size - window) // stride + 1 for size in (height, width))
    out = jax.ShapeDtypeStruct((n, rows, columns, channels), x.dtype)
    return jax.pure_callback(lambda x: pooled(np.asarray(x), window, stride), out, x)
