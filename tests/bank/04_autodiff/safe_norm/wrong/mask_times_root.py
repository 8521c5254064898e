"""0 times a slope that is inf.

misconception: nan_at_zero
fails: safe_norm.zero
"""

import jax.numpy as jnp


def safe_norm(x):
    square = jnp.sum(x**2)
    return (square > 0) * jnp.sqrt(square)
