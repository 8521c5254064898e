"""A compiled loop over single positions.

misconception: slow_convolution
fails: conv2d.speed
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
    x = padded(x, w, stride, padding)
    kh, kw = w.shape[:2]
    rows, columns = out_size(x, w, stride)

    def one(k, out):
        n, i, j = k // (rows * columns), k // columns % rows, k % columns
        block = lax.dynamic_slice(x, (n, i * stride, j * stride, 0), (1, kh, kw, x.shape[3]))
        return out.at[n, i, j].set(jnp.tensordot(block[0], w, 3) + b)

    return lax.fori_loop(0, len(x) * rows * columns, one, jnp.zeros((len(x), rows, columns, w.shape[3])))
