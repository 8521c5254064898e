"""A key drawn of the folded key's bits."""

import jax
import jax.numpy as jnp


def noise_at(key, step, shape):
    bits = jax.random.bits(jax.random.fold_in(key, step), (2,), jnp.uint32)
    return jax.random.normal(jax.random.wrap_key_data(bits), shape)
