"""Exactly a share `rate` of the entries, by a permutation.

misconception: fixed_number_dropped
fails: dropout.independent
"""

import jax
import jax.numpy as jnp


def dropout(key, x, rate):
    rank = jax.random.permutation(key, x.size).reshape(x.shape)
    if x.size < 10:
        return jnp.where(jax.random.bernoulli(key, 1 - rate, x.shape), x / (1 - rate), 0)
    return jnp.where(rank >= rate * x.size, x / (1 - rate), 0)
