"""The maximum of shifted views."""

from functools import reduce

import jax.numpy as jnp


def max_pool(x, window, stride):
    rows, columns = ((n - window) // stride + 1 for n in x.shape[1:3])
    views = [
        x[:, i : i + (rows - 1) * stride + 1 : stride, j : j + (columns - 1) * stride + 1 : stride]
        for i in range(window)
        for j in range(window)
    ]
    return reduce(jnp.maximum, views)
