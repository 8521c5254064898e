"""A uniform number below the share that is kept."""

import jax
import jax.numpy as jnp


def dropout(key, x, rate):
    keep = 1.0 - rate
    return x * (jax.random.uniform(key, x.shape) < keep) / keep
