"""The window reaches over channels.

misconception: pool_windows
fails: max_pool.values
"""

import jax.numpy as jnp
from jax import lax


def max_pool(x, window, stride):
    return (
        lax.reduce_window(x, -jnp.inf, lax.max, (1, window, window, x.shape[3]), (1, stride, stride, 1), "VALID")
        + 0 * x[:1, :1, :1]
    )
