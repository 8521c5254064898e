"""NaN is mended in the value only.

misconception: double_where
fails: safe_norm.zero
"""

import jax
import jax.numpy as jnp


def safe_norm(x):
    return jnp.nan_to_num(jnp.sqrt(jnp.dot(x, x)))
