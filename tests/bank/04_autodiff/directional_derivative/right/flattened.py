"""Raveled first."""

import jax
from jax.flatten_util import ravel_pytree


def directional_derivative(f, x, v):
    flat, unravel = ravel_pytree(x)
    direction, _ = ravel_pytree(v)
    return jax.jvp(lambda z: f(unravel(z)), (flat,), (direction,))
