"""An epsilon in the root.

misconception: epsilon_in_the_root
fails: safe_norm.zero
"""

import jax
import jax.numpy as jnp


def safe_norm(x):
    return jnp.sqrt(jnp.sum(x**2) + 1e-12)
