"""Radius and angle from one key.

misconception: one_key_two_draws
fails: noise_at.law
"""

import jax
import jax.numpy as jnp


def noise_at(key, step, shape):
    key = jax.random.fold_in(key, step)
    radius = jnp.sqrt(-2 * jnp.log1p(-jax.random.uniform(key, shape)))
    return radius * jnp.cos(2 * jnp.pi * jax.random.uniform(key, shape))
