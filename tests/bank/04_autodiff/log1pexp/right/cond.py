"""lax.cond between two forms."""

import jax
import jax.numpy as jnp


def log1pexp(x):
    return jax.lax.cond(x > 20, lambda x: x, lambda x: jnp.log1p(jnp.exp(x)), x)
