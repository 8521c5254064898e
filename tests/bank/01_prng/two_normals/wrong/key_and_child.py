"""The key is drawn from and then split.

misconception: one_key_two_draws
fails: two_normals.keys
"""

import jax
import jax.numpy as jnp


def two_normals(key, shape):
    a = jax.random.normal(key, shape)
    key, sub = jax.random.split(key)
    return a, jax.random.normal(sub, shape)
