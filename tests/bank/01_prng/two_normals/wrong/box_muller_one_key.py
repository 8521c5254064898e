"""Radius and angle from one key.

misconception: one_key_two_draws
fails: two_normals.law
"""

import jax
import jax.numpy as jnp


def two_normals(key, shape):
    radius = jnp.sqrt(-2 * jnp.log1p(-jax.random.uniform(key, shape)))
    angle = 2 * jnp.pi * jax.random.uniform(key, shape)
    return radius * jnp.cos(angle), radius * jnp.sin(angle)
