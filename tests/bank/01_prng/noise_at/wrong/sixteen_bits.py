"""The step modulo 2^16.

misconception: steps_run_together
fails: noise_at.any_step
"""

import jax
import jax.numpy as jnp


def noise_at(key, step, shape):
    return jax.random.normal(jax.random.fold_in(key, jnp.asarray(step) % 65536), shape)
