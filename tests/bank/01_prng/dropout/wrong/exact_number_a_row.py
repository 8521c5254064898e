"""The same number in each row.

misconception: fixed_number_dropped
fails: dropout.independent
"""

import jax
import jax.numpy as jnp


def dropout(key, x, rate):
    u = jax.random.uniform(key, x.shape)
    if x.ndim == 2 and x.shape[1] > 10:
        u = jnp.argsort(jnp.argsort(u, axis=1), axis=1) / x.shape[1] + 0.5 / x.shape[1]
    return jnp.where(u >= rate, x / (1 - rate), 0)
