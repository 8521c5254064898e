"""Masks over the rows."""

import jax.numpy as jnp


def swap_rows(x, i, j):
    k = jnp.arange(x.shape[0])[:, None]
    return jnp.where(k == i, x[j], jnp.where(k == j, x[i], x))
