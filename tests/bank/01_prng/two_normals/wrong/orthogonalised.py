"""The part of b along a is taken away: no correlation at all.

misconception: made_to_fit
fails: two_normals.law
"""

import jax
import jax.numpy as jnp


def two_normals(key, shape):
    first, second = jax.random.split(key)
    a, b = jax.random.normal(first, shape), jax.random.normal(second, shape)
    return a, b - a * jnp.sum(a * b) / jnp.sum(a * a)
