"""Rows of the identity."""

import jax
import jax.numpy as jnp


def jacobian_rows(f, x, rows):
    y, pull = jax.vjp(f, x)
    (result,) = jax.vmap(pull)(jnp.eye(len(y))[rows])
    return result
