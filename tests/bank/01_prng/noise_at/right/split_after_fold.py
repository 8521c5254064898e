"""One more split."""

import jax
import jax.numpy as jnp


def noise_at(key, step, shape):
    sub, _ = jax.random.split(jax.random.fold_in(key, step))
    return jax.random.normal(sub, shape)
