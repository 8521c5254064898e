"""A vector whose entries add up to 0 is taken for 0.

misconception: zero_is_all_zeros
fails: safe_norm.values
"""

import jax.numpy as jnp


def safe_norm(x):
    is_zero = jnp.sum(x) == 0
    square = jnp.sum(jnp.where(is_zero, 1.0, x) ** 2)
    return jnp.where(is_zero, 0.0, jnp.sqrt(square))
