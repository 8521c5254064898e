"""A Python loop over the channels.

misconception: unrolled_positions
fails: max_pool.trace
"""

import jax.numpy as jnp
from jax import lax


def max_pool(x, window, stride):
    pool = lambda plane: lax.reduce_window(plane, -jnp.inf, lax.max, (1, window, window), (1, stride, stride), "VALID")
    return jnp.stack([pool(x[..., c]) for c in range(x.shape[3])], axis=-1)
