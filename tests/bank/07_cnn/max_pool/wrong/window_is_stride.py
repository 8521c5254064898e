"""The window taken to be the stride.

misconception: pool_windows
fails: max_pool.windows
"""

import jax.numpy as jnp
from jax import lax


def max_pool(x, window, stride):
    return lax.reduce_window(x, -jnp.inf, lax.max, (1, stride, stride, 1), (1, stride, stride, 1), "VALID")
