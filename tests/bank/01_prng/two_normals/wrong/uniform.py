"""Uniform numbers of the right variance.

misconception: another_distribution
fails: two_normals.law
"""

import jax
import jax.numpy as jnp


def two_normals(key, shape):
    k1, k2 = jax.random.split(key)
    r = 3**0.5
    return jax.random.uniform(k1, shape, minval=-r, maxval=r), jax.random.uniform(k2, shape, minval=-r, maxval=r)
