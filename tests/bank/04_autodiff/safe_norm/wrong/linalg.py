"""jnp.linalg.norm as it is.

misconception: nan_at_zero
fails: safe_norm.zero
"""

import jax
import jax.numpy as jnp


def safe_norm(x):
    return jnp.linalg.norm(x)
