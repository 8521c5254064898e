"""A key for each entry."""

import jax
import jax.numpy as jnp


def dropout(key, x, rate):
    keys = jax.random.split(key, x.size)
    kept = jax.vmap(lambda k: jax.random.bernoulli(k, 1 - rate))(keys).reshape(x.shape)
    return jnp.where(kept, x / (1 - rate), 0).astype(x.dtype)
