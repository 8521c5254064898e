"""A sign and a size, each with its key."""

import jax
import jax.numpy as jnp


def two_normals(key, shape):
    def one(key):
        sign, size = jax.random.split(key)
        return jax.random.rademacher(sign, shape, jnp.float32) * jnp.abs(jax.random.normal(size, shape))

    return tuple(map(one, jax.random.split(key)))
