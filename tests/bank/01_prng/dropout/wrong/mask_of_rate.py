"""The mask is True with probability rate, and kept.

misconception: kept_not_dropped
fails: dropout.law
"""

import jax
import jax.numpy as jnp


def dropout(key, x, rate):
    kept = jax.random.bernoulli(key, rate, x.shape)
    return jnp.where(kept, x / (1 - rate), 0)
