"""The squared norm.

misconception: norm_not_squared
fails: safe_norm.values
"""

import jax
import jax.numpy as jnp


def safe_norm(x):
    return jnp.sum(x**2)
