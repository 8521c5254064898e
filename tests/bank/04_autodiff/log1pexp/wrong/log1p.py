"""log1p of an exp that overflows.

misconception: exp_overflows
fails: log1pexp.large
"""

import jax
import jax.numpy as jnp


def log1pexp(x):
    return jnp.log1p(jnp.exp(x))
