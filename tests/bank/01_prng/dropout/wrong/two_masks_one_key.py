"""Two masks, one of the key and one of its child.

misconception: one_key_two_draws
fails: dropout.keys
"""

import jax
import jax.numpy as jnp


def dropout(key, x, rate):
    half = jnp.sqrt(1 - rate)
    one = jax.random.bernoulli(key, half, x.shape)
    two = jax.random.bernoulli(jax.random.split(key)[1], half, x.shape)
    return jnp.where(one & two, x / (1 - rate), 0).astype(x.dtype)
