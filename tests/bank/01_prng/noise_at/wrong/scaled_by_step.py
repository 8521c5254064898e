"""Noise that grows.

misconception: another_distribution
fails: noise_at.law
"""

import jax
import jax.numpy as jnp


def noise_at(key, step, shape):
    return jnp.sqrt(1.0 + step) * jax.random.normal(jax.random.fold_in(key, step), shape)
