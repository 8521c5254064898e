"""A thousand coins are tossed and dealt out again and again.

misconception: shared_mask
fails: dropout.independent
"""

import jax
import jax.numpy as jnp


def dropout(key, x, rate):
    coins = jax.random.bernoulli(key, 1 - rate, (1024,))
    return jnp.where(jnp.resize(coins, x.shape), x / (1 - rate), 0).astype(x.dtype)
