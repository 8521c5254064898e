"""A one set at its place."""

import jax
import jax.numpy as jnp


def jacobian_rows(f, x, rows):
    y, pull = jax.vjp(f, x)

    def row(r):
        return pull(jnp.zeros_like(y).at[r].set(1))[0]

    return jax.vmap(row)(rows)
