"""The step is made a Python int.

misconception: concrete_value_needed
fails: noise_at.trace
"""

import jax
import jax.numpy as jnp


def noise_at(key, step, shape):
    return jax.random.normal(jax.random.fold_in(key, int(step)), shape)
