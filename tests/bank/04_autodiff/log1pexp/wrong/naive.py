"""The formula as it stands.

misconception: exp_overflows
fails: log1pexp.large
"""

import jax
import jax.numpy as jnp


def log1pexp(x):
    return jnp.log(1 + jnp.exp(x))
