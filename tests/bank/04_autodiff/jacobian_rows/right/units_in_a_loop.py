"""The units are written by a fori_loop, then all pulled back together."""

import jax
import jax.numpy as jnp


def jacobian_rows(f, x, rows):
    y, pull = jax.vjp(f, x)
    k = rows.shape[0]
    units = jnp.zeros((k, y.shape[0]), y.dtype)
    if k:
        units = jax.lax.fori_loop(0, k, lambda i, u: u.at[i, rows[i]].set(1.0), units)
    return jax.vmap(pull)(units)[0]
