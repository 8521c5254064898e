"""One where, outside.

misconception: double_where
fails: safe_norm.zero
"""

import jax
import jax.numpy as jnp


def safe_norm(x):
    square = jnp.sum(x**2)
    return jnp.where(square > 0, jnp.sqrt(square), 0.0)
