"""Four nested Python loops.

misconception: unrolled_positions
fails: conv2d.speed
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
    kh, kw, _, channels = w.shape
    rows, columns = out_size(x, w, stride)
    y = jnp.zeros((len(x), rows, columns, channels))
    for n in range(len(x)):
        for i in range(rows):
            for j in range(columns):
                block = x[n, i * stride : i * stride + kh, j * stride : j * stride + kw]
                for c in range(channels):
                    y = y.at[n, i, j, c].set(jnp.sum(block * w[..., c]) + b[c])
    return y
