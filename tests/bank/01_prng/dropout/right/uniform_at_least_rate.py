"""Dropped where a uniform number is below the rate."""

import jax
import jax.numpy as jnp


def dropout(key, x, rate):
    dropped = jax.random.uniform(key, jnp.shape(x), dtype=x.dtype) < rate
    return jnp.where(dropped, jnp.zeros_like(x), x / (1 - rate))
