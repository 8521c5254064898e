"""The step passes through float32.

misconception: steps_run_together
fails: noise_at.any_step
"""

import jax
import jax.numpy as jnp


def noise_at(key, step, shape):
    bits = jax.lax.bitcast_convert_type(jnp.float32(step), jnp.uint32)
    return jax.random.normal(jax.random.fold_in(key, bits), shape)
