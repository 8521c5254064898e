"""lax.select of a mask drawn as 1 - bernoulli(rate)."""

import jax
import jax.numpy as jnp


def dropout(key, x, rate):
    mask = jax.random.bernoulli(key, rate, shape=x.shape)
    scaled = (x * (1 / (1 - rate))).astype(x.dtype)
    return jax.lax.select(mask, jnp.zeros_like(x), scaled)
