"""The step is static: a program for each.

misconception: step_is_data
fails: noise_at.trace
"""

from functools import partial

import jax
import jax.numpy as jnp


@partial(jax.jit, static_argnums=(1, 2))
def noise_at(key, step, shape):
    return jax.random.normal(jax.random.fold_in(key, step), shape)
