"""An index for each row."""

import jax.numpy as jnp


def swap_rows(x, i, j):
    k = jnp.arange(x.shape[0])
    return x[jnp.where(k == i, j, jnp.where(k == j, i, k))]
