"""One mask for all examples of a batch of three axes.

misconception: shared_mask
fails: dropout.law
"""

import jax
import jax.numpy as jnp


def dropout(key, x, rate):
    kept = jax.random.bernoulli(key, 1 - rate, x.shape if x.ndim < 3 else x.shape[1:])
    return jnp.where(kept, x / (1 - rate), 0).astype(x.dtype)
