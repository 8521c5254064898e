"""The number of entries drawn before is folded in, and leaves 32 bits.

misconception: steps_run_together
fails: noise_at.any_step
"""

import math

import jax
import jax.numpy as jnp


def noise_at(key, step, shape):
    before = jnp.asarray(step).astype(jnp.uint32) * jnp.uint32(math.prod(shape))
    return jax.random.normal(jax.random.fold_in(key, before), shape)
