"""A loop that writes every row, from where it belongs."""

import jax.numpy as jnp
from jax import lax


def swap_rows(x, i, j):
    def write(k, out):
        source = jnp.where(k == i, j, jnp.where(k == j, i, k))
        return out.at[k].set(x[source])

    return lax.fori_loop(0, x.shape[0], write, jnp.zeros_like(x))
