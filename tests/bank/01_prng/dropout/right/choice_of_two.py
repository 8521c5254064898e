"""random.choice with probabilities."""

import jax
import jax.numpy as jnp


def dropout(key, x, rate):
    rate = jnp.asarray(rate, jnp.float32)
    factor = jax.random.choice(key, jnp.array([0.0, 1.0]), x.shape, p=jnp.stack([rate, 1 - rate])) / (1 - rate)
    return x * factor.astype(x.dtype)
