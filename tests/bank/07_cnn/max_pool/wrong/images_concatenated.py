"""A Python loop over the examples.

misconception: unrolled_positions
fails: max_pool.trace
"""

import jax.numpy as jnp
from jax import lax


def max_pool(x, window, stride):
    one = lambda e: lax.reduce_window(e, -jnp.inf, lax.max, (1, window, window, 1), (1, stride, stride, 1), "VALID")
    return jnp.concatenate([one(x[i : i + 1]) for i in range(x.shape[0])])
