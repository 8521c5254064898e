"""The harmless number is left in the result.

misconception: harmless_number_stays
fails: safe_norm.zero
"""

import jax
import jax.numpy as jnp


def safe_norm(x):
    square = jnp.sum(x**2)
    return jnp.sqrt(jnp.where(square == 0, 1.0, square))
