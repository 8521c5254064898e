"""The gradient stops at dropout.

misconception: rate_is_data
fails: dropout.trace
"""

import jax
import jax.numpy as jnp


def dropout(key, x, rate):
    y = jnp.where(jax.random.bernoulli(key, 1 - rate, x.shape), x / (1 - rate), 0).astype(x.dtype)
    return jax.lax.stop_gradient(y)
