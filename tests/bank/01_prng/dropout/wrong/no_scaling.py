"""The survivors are not scaled.

misconception: not_rescaled
fails: dropout.law
"""

import jax
import jax.numpy as jnp


def dropout(key, x, rate):
    return jnp.where(jax.random.bernoulli(key, 1 - rate, x.shape), x, 0)
