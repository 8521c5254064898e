"""The least number that float32 has is still not 0.

misconception: epsilon_in_the_root
fails: safe_norm.zero
"""

import jax.numpy as jnp


def safe_norm(x):
    return jnp.sqrt(jnp.sum(x**2) + jnp.finfo(x.dtype).tiny)
