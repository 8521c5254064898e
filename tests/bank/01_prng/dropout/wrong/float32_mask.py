"""A float32 mask makes a float32 result of bfloat16.

misconception: like_x
fails: dropout.like_x
"""

import jax
import jax.numpy as jnp


def dropout(key, x, rate):
    mask = jax.random.bernoulli(key, 1 - rate, x.shape).astype(jnp.float32)
    return x * mask / (1 - rate)
