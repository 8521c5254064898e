"""A full array with the inside copied back."""

import jax.numpy as jnp


def set_border(x, value):
    return jnp.full_like(x, value).at[1:-1, 1:-1].set(x[1:-1, 1:-1])
