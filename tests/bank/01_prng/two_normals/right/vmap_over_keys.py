"""vmap over two keys; a list comes back."""

import jax
import jax.numpy as jnp


def two_normals(key, shape):
    return list(jax.vmap(lambda k: jax.random.normal(k, shape))(jax.random.split(key, 2)))
