"""Keeps a tenth at least.

misconception: not_rescaled
fails: dropout.law
"""

import jax
import jax.numpy as jnp


def dropout(key, x, rate):
    keep = jnp.maximum(1 - rate, 0.1)
    return jnp.where(jax.random.bernoulli(key, keep, x.shape), x / keep, 0).astype(x.dtype)
