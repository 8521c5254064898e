"""An entry lives where its exponential lifetime reaches -log(1 - rate)."""

import jax
import jax.numpy as jnp


def dropout(key, x, rate):
    lifetime = jax.random.exponential(key, x.shape)
    return jnp.where(lifetime >= -jnp.log1p(-rate), x / (1 - rate), 0).astype(x.dtype)
