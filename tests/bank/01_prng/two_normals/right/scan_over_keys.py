"""A scan over the keys, a multivariate draw each."""

import jax
import jax.numpy as jnp


def two_normals(key, shape):
    _, out = jax.lax.scan(lambda c, k: (c, jax.random.normal(k, shape)), None, jax.random.split(key))
    return out[0], out[1]
