"""The switch to x comes too early.

misconception: switch_too_early
fails: log1pexp.values
"""

import jax
import jax.numpy as jnp


def log1pexp(x):
    return jnp.where(x > 5, x, jnp.log1p(jnp.exp(jnp.minimum(x, 5.0))))
