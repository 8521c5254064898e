"""Twice the step is still below 2^32."""

import jax
import jax.numpy as jnp


def noise_at(key, step, shape):
    child = jax.random.fold_in(key, jnp.uint32(step) * 2 + 1)
    return jax.random.normal(child, shape, dtype=jnp.float32)
