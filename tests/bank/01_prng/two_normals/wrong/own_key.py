"""A fixed key for the second.

misconception: key_ignored
fails: two_normals.law
"""

import jax
import jax.numpy as jnp


def two_normals(key, shape):
    return jax.random.normal(key, shape), jax.random.normal(jax.random.key(0), shape)
