"""The gradient is cut.

misconception: gradient_cut
fails: max_pool.trace
"""

from jax import lax


def max_pool(x, window, stride):
    x = lax.stop_gradient(x)
    return lax.reduce_window(x, -float("inf"), lax.max, (1, window, window, 1), (1, stride, stride, 1), "VALID")
