"""A Python if.

misconception: branch_on_traced_value
fails: safe_norm.batch
"""

import jax
import jax.numpy as jnp


def safe_norm(x):
    if jnp.all(x == 0):
        return jnp.sum(0.0 * x)
    return jnp.sqrt(jnp.sum(x**2))
