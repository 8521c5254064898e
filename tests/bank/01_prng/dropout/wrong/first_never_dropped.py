"""The last row is left out of it.

misconception: shared_mask
fails: dropout.independent
"""

import jax
import jax.numpy as jnp


def dropout(key, x, rate):
    kept = jax.random.bernoulli(key, 1 - rate, x.shape)
    if x.ndim == 2 and x.shape[0] == 8:
        kept = kept.at[0].set(True)
    return jnp.where(kept, x / (1 - rate), 0)
