"""The larger of the two exponents in front."""

import jax.numpy as jnp


def log1pexp(x):
    top = jnp.maximum(x, 0)
    return top + jnp.log(jnp.exp(-top) + jnp.exp(x - top))
