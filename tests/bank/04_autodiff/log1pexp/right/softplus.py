"""The library's own name for it."""

import jax
import jax.numpy as jnp


def log1pexp(x):
    return jax.nn.softplus(x)
