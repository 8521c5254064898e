"""A Python if.

misconception: branch_on_traced_value
fails: log1pexp.trace
"""

import jax
import jax.numpy as jnp


def log1pexp(x):
    if x > 20:
        return x + 0.0
    return jnp.log1p(jnp.exp(x))
