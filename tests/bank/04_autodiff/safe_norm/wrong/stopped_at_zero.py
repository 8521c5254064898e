"""The gradient is stopped behind the root, where it is NaN already.

misconception: double_where
fails: safe_norm.zero
"""

import jax
import jax.numpy as jnp


def safe_norm(x):
    norm = jnp.linalg.norm(x)
    return jnp.where(norm == 0, jax.lax.stop_gradient(norm), norm)
