"""One coin for each column.

misconception: shared_mask
fails: dropout.law
"""

import jax
import jax.numpy as jnp


def dropout(key, x, rate):
    kept = jax.random.bernoulli(key, 1 - rate, x.shape[-1:])
    return jnp.where(kept, x / (1 - rate), 0)
