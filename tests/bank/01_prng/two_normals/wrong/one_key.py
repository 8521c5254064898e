"""The key is used for both.

misconception: one_key_two_draws
fails: two_normals.law
"""

import jax
import jax.numpy as jnp


def two_normals(key, shape):
    return jax.random.normal(key, shape), jax.random.normal(key, shape)
