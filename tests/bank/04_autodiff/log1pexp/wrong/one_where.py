"""One where around the formula.

misconception: slope_not_stable
fails: log1pexp.slope
"""

import jax
import jax.numpy as jnp


def log1pexp(x):
    return jnp.where(x > 20, x, jnp.log1p(jnp.exp(x)))
