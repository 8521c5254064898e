"""SAME in place of VALID.

misconception: pool_windows
fails: max_pool.values
"""

import jax.numpy as jnp
from jax import lax


def max_pool(x, window, stride):
    return lax.reduce_window(x, -jnp.inf, lax.max, (1, window, window, 1), (1, stride, stride, 1), "SAME")
