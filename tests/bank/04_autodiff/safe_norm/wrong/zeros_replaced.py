"""Each 0 becomes a 1, in vectors that are not 0 too.

misconception: zero_is_all_zeros
fails: safe_norm.values
"""

import jax.numpy as jnp


def safe_norm(x):
    return jnp.where(jnp.all(x == 0), 0.0, jnp.linalg.norm(jnp.where(x == 0, 1.0, x)))
