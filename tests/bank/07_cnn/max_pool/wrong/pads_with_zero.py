"""Zeros where the window does not fit.

misconception: zero_start
fails: max_pool.values
"""

import jax.numpy as jnp
from jax import lax


def max_pool(x, window, stride):
    rows, columns = x.shape[1] % stride, x.shape[2] % stride
    x = jnp.pad(x, ((0, 0), (0, rows), (0, columns), (0, 0)))
    return lax.reduce_window(x, -jnp.inf, lax.max, (1, window, window, 1), (1, stride, stride, 1), "VALID")
