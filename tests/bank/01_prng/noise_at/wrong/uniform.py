"""Uniform noise.

misconception: another_distribution
fails: noise_at.law
"""

import jax
import jax.numpy as jnp


def noise_at(key, step, shape):
    return jax.random.uniform(jax.random.fold_in(key, step), shape, minval=-1.7320508, maxval=1.7320508)
