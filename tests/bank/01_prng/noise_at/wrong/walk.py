"""The key is split step times.

misconception: walks_to_the_step
fails: noise_at.any_step
"""

import jax
import jax.numpy as jnp


def noise_at(key, step, shape):
    key = jax.lax.fori_loop(0, step, lambda i, k: jax.random.split(k)[0], key)
    return jax.random.normal(jax.random.split(key)[1], shape)
