"""The largest by absolute value.

misconception: zero_start
fails: max_pool.values
"""

import jax.numpy as jnp
from jax import lax


def max_pool(x, window, stride):
    high = lax.reduce_window(x, -jnp.inf, lax.max, (1, window, window, 1), (1, stride, stride, 1), "VALID")
    low = lax.reduce_window(x, jnp.inf, lax.min, (1, window, window, 1), (1, stride, stride, 1), "VALID")
    return jnp.where(-low > high, low, high)
