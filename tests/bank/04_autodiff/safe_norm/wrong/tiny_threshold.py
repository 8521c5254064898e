"""Squares below 1e-20 count as zero: vectors shorter than 1e-10 vanish.

misconception: epsilon_in_the_root
fails: safe_norm.scale
"""

import jax
import jax.numpy as jnp

TINY = 1e-20


def safe_norm(x):
    square = jnp.sum(x * x)
    return jnp.where(square > TINY, jnp.sqrt(jnp.maximum(square, TINY)), 0.0)
