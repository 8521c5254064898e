"""One where around the formula.

misconception: double_where
fails: log1pexp.slope
"""

import jax
import jax.numpy as jnp


def log1pexp(x):
    return jnp.where(x > 20, x, jnp.log1p(jnp.exp(x)))
