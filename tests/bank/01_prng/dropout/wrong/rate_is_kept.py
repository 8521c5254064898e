"""The rate taken for the share that stays, all through.

misconception: kept_not_dropped
fails: dropout.law
"""

import jax
import jax.numpy as jnp


def dropout(key, x, rate):
    kept = jax.random.bernoulli(key, rate, x.shape)
    return jnp.where(kept, x / rate, 0)
