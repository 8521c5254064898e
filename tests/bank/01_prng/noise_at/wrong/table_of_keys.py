"""A table of a thousand keys.

misconception: steps_run_together
fails: noise_at.any_step
"""

import jax
import jax.numpy as jnp


def noise_at(key, step, shape):
    return jax.random.normal(jax.random.split(key, 1000)[step], shape)
