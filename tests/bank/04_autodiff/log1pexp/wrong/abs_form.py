"""The stable form with abs.

misconception: kink_at_zero
fails: log1pexp.slope
"""

import jax
import jax.numpy as jnp


def log1pexp(x):
    return jnp.maximum(x, 0) + jnp.log1p(jnp.exp(-jnp.abs(x)))
