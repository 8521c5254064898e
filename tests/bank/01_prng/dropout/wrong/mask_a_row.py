"""The same mask for all rows of a large array, by the same key under vmap.

misconception: shared_mask
fails: dropout.law
"""

import jax
import jax.numpy as jnp


def dropout(key, x, rate):
    if x.ndim < 2:
        return jnp.where(jax.random.bernoulli(key, 1 - rate, x.shape), x / (1 - rate), 0)
    return jax.vmap(lambda row: dropout(key, row, rate))(x)
