"""allclose takes short vectors for 0.

misconception: epsilon_in_the_root
fails: safe_norm.scale
"""

import jax.numpy as jnp


def safe_norm(x):
    is_zero = jnp.allclose(x, 0)
    return jnp.where(is_zero, 0.0, jnp.linalg.norm(jnp.where(is_zero, jnp.ones_like(x), x)))
