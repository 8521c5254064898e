"""A counter decides the keys.

misconception: hidden_state
fails: two_normals.pure
"""

import jax
import jax.numpy as jnp

calls = []


def two_normals(key, shape):
    calls.append(1)
    k1, k2 = jax.random.split(jax.random.fold_in(key, len(calls)))
    return jax.random.normal(k1, shape), jax.random.normal(k2, shape)
