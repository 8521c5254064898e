"""linearize, then one application."""

import jax
import jax.numpy as jnp


def directional_derivative(f, x, v):
    value, push = jax.linearize(f, x)
    return value, push(v)
