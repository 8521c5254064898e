"""An epsilon in the root, taken off again.

misconception: epsilon_in_the_root
fails: safe_norm.scale
"""

import jax
import jax.numpy as jnp


def safe_norm(x):
    return jnp.sqrt(jnp.sum(x**2) + 1e-12) - 1e-6
