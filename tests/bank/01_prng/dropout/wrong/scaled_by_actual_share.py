"""Scaled by the share that was kept, not by its expectation.

misconception: not_rescaled
fails: dropout.law
"""

import jax
import jax.numpy as jnp


def dropout(key, x, rate):
    kept = jax.random.bernoulli(key, 1 - rate, x.shape)
    return jnp.where(kept, x / jnp.maximum(kept.mean(), 1e-6), 0)
