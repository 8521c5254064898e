"""A Python if on the rate.

misconception: branch_on_traced_value
fails: dropout.trace
"""

import jax
import jax.numpy as jnp


def dropout(key, x, rate):
    if rate == 0:
        return x
    return jnp.where(jax.random.bernoulli(key, 1 - rate, x.shape), x / (1 - rate), 0)
