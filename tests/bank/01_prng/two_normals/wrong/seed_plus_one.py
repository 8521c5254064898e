"""The second key is the next seed's.

misconception: key_ignored
fails: two_normals.law
"""

import jax
import jax.numpy as jnp


def two_normals(key, shape):
    other = jax.random.wrap_key_data(jax.random.key_data(key) + jnp.array([0, 1], jnp.uint32))
    return jax.random.normal(key, shape), jax.random.normal(other, shape)
