"""The step does not matter.

misconception: step_ignored
fails: noise_at.law
"""

import jax
import jax.numpy as jnp


def noise_at(key, step, shape):
    return jax.random.normal(key, shape)
