"""step + 1 keys, the last of them used.

misconception: step_is_data
fails: noise_at.trace
"""

import jax
import jax.numpy as jnp


def noise_at(key, step, shape):
    return jax.random.normal(jax.random.split(key, step + 1)[step], shape)
