"""Compiled inside, a list returned."""

import jax
import jax.numpy as jnp


def directional_derivative(f, x, v):
    return list(jax.jit(lambda x, v: jax.jvp(f, [x], [v]))(x, v))
