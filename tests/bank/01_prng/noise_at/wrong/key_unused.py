"""The step is the seed.

misconception: key_ignored
fails: noise_at.law
"""

import jax
import jax.numpy as jnp


def noise_at(key, step, shape):
    return jax.random.normal(jax.random.key(step), shape)
