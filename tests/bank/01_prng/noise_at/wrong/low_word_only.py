"""Half of the key is thrown away.

misconception: key_ignored
fails: noise_at.independent
"""

import jax
import jax.numpy as jnp


def noise_at(key, step, shape):
    seed = jax.random.key_data(key)[1]
    return jax.random.normal(jax.random.fold_in(jax.random.key(seed), step), shape)
