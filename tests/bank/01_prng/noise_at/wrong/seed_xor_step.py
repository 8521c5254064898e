"""The step is xored into the key's numbers.

misconception: seed_plus_step
fails: noise_at.independent
"""

import jax
import jax.numpy as jnp


def noise_at(key, step, shape):
    data = jax.random.key_data(key) ^ jnp.asarray(step, jnp.uint32)
    return jax.random.normal(jax.random.wrap_key_data(data), shape)
