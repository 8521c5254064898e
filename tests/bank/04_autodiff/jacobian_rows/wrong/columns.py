"""Columns by jvp.

misconception: columns_for_rows
fails: jacobian_rows.values
"""

import jax
import jax.numpy as jnp


def jacobian_rows(f, x, rows):
    units = jax.nn.one_hot(rows, x.size)
    return jax.vmap(lambda v: jax.jvp(f, (x,), (v,))[1])(units)
