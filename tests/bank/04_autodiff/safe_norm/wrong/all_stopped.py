"""No gradient, so no NaN.

misconception: gradient_cut
fails: safe_norm.values
"""

import jax
import jax.numpy as jnp


def safe_norm(x):
    return jax.lax.stop_gradient(jnp.sqrt(jnp.sum(x**2)))
