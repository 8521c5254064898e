"""A rotation of independent normals is independent too."""

import jax
import jax.numpy as jnp


def two_normals(key, shape):
    u, v = jax.random.normal(key, (2,) + shape, dtype=jnp.float32)
    return (u + v) / jnp.sqrt(2), (u - v) / jnp.sqrt(2)
