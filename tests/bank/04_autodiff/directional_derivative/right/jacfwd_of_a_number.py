"""jacfwd of the one-dimensional function."""

import jax
import jax.numpy as jnp


def directional_derivative(f, x, v):
    along = lambda t: f(jax.tree.map(lambda a, b: a + t * b, x, v))
    return f(x), jax.jacfwd(along)(0.0)
