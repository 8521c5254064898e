"""The second contains a third of the first.

misconception: one_key_two_draws
fails: two_normals.law
"""

import jax
import jax.numpy as jnp


def two_normals(key, shape):
    k1, k2 = jax.random.split(key)
    a = jax.random.normal(k1, shape)
    b = jax.random.normal(k2, shape)
    return a, (0.3 * a + b) / jnp.sqrt(1.09)
