"""Keys made with fold_in."""

import jax
import jax.numpy as jnp


def two_normals(key, shape):
    draw = lambda i: jax.random.normal(jax.random.fold_in(key, i), shape)
    return draw(0), draw(1)
