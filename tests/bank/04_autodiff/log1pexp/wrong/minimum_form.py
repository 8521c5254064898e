"""The stable form with minimum: flat curvature at 0.

misconception: kink_at_zero
fails: log1pexp.curvature
"""

import jax
import jax.numpy as jnp


def log1pexp(x):
    return jnp.maximum(x, 0) + jnp.log1p(jnp.exp(jnp.minimum(x, -x)))
