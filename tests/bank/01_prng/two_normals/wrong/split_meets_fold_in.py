"""split(key)[1] and fold_in(key, 1) are the same key.

misconception: one_key_two_draws
fails: two_normals.law
"""

import jax
import jax.numpy as jnp


def two_normals(key, shape):
    _, k1 = jax.random.split(key)
    k2 = jax.random.fold_in(key, 1)
    return jax.random.normal(k1, shape), jax.random.normal(k2, shape)
