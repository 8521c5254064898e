"""A sum of shifted products, one for each kernel entry."""

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
    rows, columns = out_size(x, w, stride)
    total = b
    for i in range(w.shape[0]):
        for j in range(w.shape[1]):
            part = x[:, i : i + (rows - 1) * stride + 1 : stride, j : j + (columns - 1) * stride + 1 : stride]
            total = total + part @ w[i, j]
    return total
