"""The mean of the window.

misconception: pool_windows
fails: max_pool.values
"""

from jax import lax


def max_pool(x, window, stride):
    total = lax.reduce_window(x, 0.0, lax.add, (1, window, window, 1), (1, stride, stride, 1), "VALID")
    return total / window**2
