"""An epsilon in the root of everything that is not all zeros.

misconception: epsilon_in_the_root
fails: safe_norm.scale
"""

import jax
import jax.numpy as jnp


def safe_norm(x):
    some = jnp.any(x != 0)
    return jnp.where(some, jnp.sqrt(jnp.sum(jnp.where(some, x, 1.0) ** 2) + 1e-24), 0.0)
