"""An epsilon in the denominator: rate 0 is not exact.

misconception: like_x
fails: dropout.like_x
"""

import jax
import jax.numpy as jnp


def dropout(key, x, rate):
    return jnp.where(jax.random.bernoulli(key, 1 - rate, x.shape), x / (1 - rate + 1e-6), 0).astype(x.dtype)
