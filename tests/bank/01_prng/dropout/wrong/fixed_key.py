"""A key of its own.

misconception: key_ignored
fails: dropout.independent
"""

import jax
import jax.numpy as jnp


def dropout(key, x, rate):
    return jnp.where(jax.random.bernoulli(jax.random.key(0), 1 - rate, x.shape), x / (1 - rate), 0)
