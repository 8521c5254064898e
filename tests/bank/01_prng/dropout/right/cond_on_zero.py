"""A lax.cond for rate 0, compiled."""

import jax
import jax.numpy as jnp


@jax.jit
def dropout(key, x, rate):
    def drop():
        return jnp.where(jax.random.bernoulli(key, 1 - rate, x.shape), x / (1 - rate), 0).astype(x.dtype)

    return jax.lax.cond(rate == 0, lambda: x, drop)
