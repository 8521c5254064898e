"""Whole channels are dropped where x has more than two axes.

misconception: shared_mask
fails: dropout.law
"""

import jax
import jax.numpy as jnp


def dropout(key, x, rate):
    shape = (x.shape[0], *[1] * (x.ndim - 2), x.shape[-1]) if x.ndim > 2 else x.shape
    kept = jax.random.bernoulli(key, 1 - rate, shape)
    return jnp.where(kept, x / (1 - rate), 0).astype(x.dtype)
