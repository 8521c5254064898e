"""The formula where it holds, x beyond."""

import jax
import jax.numpy as jnp


def log1pexp(x):
    big = x > 25
    return jnp.where(big, x, jnp.log(1 + jnp.exp(jnp.where(big, 0.0, x))))
