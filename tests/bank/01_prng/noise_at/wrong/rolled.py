"""The same numbers, rolled.

misconception: step_ignored
fails: noise_at.law
"""

import jax
import jax.numpy as jnp


def noise_at(key, step, shape):
    return jnp.roll(jax.random.normal(key, shape), step)
