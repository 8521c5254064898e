"""The maximum starts at -1e31.

misconception: zero_start
fails: max_pool.windows
"""

from jax import lax


def max_pool(x, window, stride):
    return lax.reduce_window(x, -1e31, lax.max, (1, window, window, 1), (1, stride, stride, 1), "VALID")
