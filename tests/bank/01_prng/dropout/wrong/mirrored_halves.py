"""The second half is kept where the first is not, at rate 0.5; else the same.

misconception: shared_mask
fails: dropout.independent
"""

import jax
import jax.numpy as jnp


def dropout(key, x, rate):
    u = jax.random.uniform(key, (x.size,))
    u = jnp.where(jnp.arange(x.size) < x.size // 2, u, jnp.flip(u))
    return jnp.where(u.reshape(x.shape) >= rate, x / (1 - rate), 0)
