"""A Python loop over positions.

misconception: unrolled_positions
fails: max_pool.trace
"""

import jax.numpy as jnp


def max_pool(x, window, stride):
    rows, columns = ((n - window) // stride + 1 for n in x.shape[1:3])
    at = lambda i, j: x[:, i * stride : i * stride + window, j * stride : j * stride + window].max((1, 2))
    return jnp.stack([jnp.stack([at(i, j) for j in range(columns)], 1) for i in range(rows)], 1)
