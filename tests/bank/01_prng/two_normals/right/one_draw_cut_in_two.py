"""One draw of twice the size."""

import jax
import jax.numpy as jnp


def two_normals(key, shape):
    a, b = jax.random.normal(key, (2, *shape))
    return a, b
