"""The step's 31 bits choose the way down a tree of keys."""

import jax
import jax.numpy as jnp


def noise_at(key, step, shape):
    step = jnp.asarray(step, jnp.int32)
    descend = lambda i, k: jax.random.split(k)[(step >> i) & 1]
    return jax.random.normal(jax.lax.fori_loop(0, 31, descend, key), shape)
