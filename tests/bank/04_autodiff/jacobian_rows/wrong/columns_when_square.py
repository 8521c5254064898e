"""Columns where the Jacobian is square.

misconception: columns_for_rows
fails: jacobian_rows.values
"""

import jax
import jax.numpy as jnp


def jacobian_rows(f, x, rows):
    y, pull = jax.vjp(f, x)
    units = jax.nn.one_hot(rows, y.size)
    if y.size == x.size:
        return jax.vmap(lambda v: jax.jvp(f, (x,), (v,))[1])(units)
    return jax.vmap(pull)(units)[0]
