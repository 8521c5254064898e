"""The stride taken to be the window.

misconception: pool_windows
fails: max_pool.windows
"""

import jax.numpy as jnp
from jax import lax


def max_pool(x, window, stride):
    return lax.reduce_window(x, -jnp.inf, lax.max, (1, window, window, 1), (1, window, window, 1), "VALID")
