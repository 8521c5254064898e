"""Short vectors count as zero.

misconception: epsilon_in_the_root
fails: safe_norm.scale
"""

import jax
import jax.numpy as jnp


def safe_norm(x):
    square = jnp.sum(x**2)
    small = square < 1e-12
    return jnp.where(small, 0.0, jnp.sqrt(jnp.where(small, 1.0, square)))
