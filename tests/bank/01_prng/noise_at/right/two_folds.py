"""High and low half are folded in one after the other."""

import jax
import jax.numpy as jnp


def noise_at(key, step, shape):
    step = jnp.asarray(step, jnp.uint32)
    return jax.random.normal(jax.random.fold_in(jax.random.fold_in(key, step >> 16), step & 0xFFFF), shape)
