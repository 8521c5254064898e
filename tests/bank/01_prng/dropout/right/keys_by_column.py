"""A key for each column, picked by a random order: JAX's key-reuse checker refuses static and traced indices together."""

import jax
import jax.numpy as jnp


def dropout(key, x, rate):
    width = x.shape[-1] if x.ndim else 1
    flat = x.reshape(-1, width)
    keys = jax.random.split(key, width + 1)
    order = jax.random.permutation(keys[0], width) + 1
    coins = jax.vmap(lambda k: jax.random.uniform(k, flat.shape[:1]), out_axes=1)(keys[order])
    return jnp.where(coins >= rate, flat / (1 - rate), 0).astype(x.dtype).reshape(x.shape)
