"""Straight beyond 12.

misconception: switch_too_early
fails: log1pexp.curvature
"""

import jax.numpy as jnp


def log1pexp(x):
    small = jnp.minimum(x, 12.0)
    return jnp.where(x > 12, x, jnp.log1p(jnp.exp(small)))
