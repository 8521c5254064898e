"""Two forms, of which the unused one overflows on either side.

misconception: double_where
fails: log1pexp.trace
"""

import jax.numpy as jnp


def log1pexp(x):
    return jnp.where(x > 0, x + jnp.log1p(jnp.exp(-x)), jnp.log1p(jnp.exp(x)))
