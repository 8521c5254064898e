"""A Python loop over positions.

misconception: unrolled_positions
fails: conv2d.trace
"""

import jax.numpy as jnp


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

    def at(i, j):
        return jnp.tensordot(x[:, i * stride : i * stride + kh, j * stride : j * stride + kw], w, 3)

    return jnp.stack([jnp.stack([at(i, j) for j in range(columns)], 1) for i in range(rows)], 1) + b
