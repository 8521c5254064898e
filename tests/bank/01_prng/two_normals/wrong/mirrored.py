"""The second is the first, negated and reversed.

misconception: one_key_two_draws
fails: two_normals.law
"""

import jax
import jax.numpy as jnp


def two_normals(key, shape):
    a = jax.random.normal(key, shape)
    return a, -jnp.flip(a)
