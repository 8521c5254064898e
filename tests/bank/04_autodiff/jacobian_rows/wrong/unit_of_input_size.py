"""Unit vectors of the input's length.

misconception: columns_for_rows
fails: jacobian_rows.values
"""

import jax
import jax.numpy as jnp


def jacobian_rows(f, x, rows):
    y, pull = jax.vjp(f, x)
    units = jnp.eye(y.size, x.size)[rows]
    padded = jnp.zeros((rows.shape[0], y.size)).at[:, : min(x.size, y.size)].set(units[:, : y.size])
    return jax.vmap(pull)(padded)[0]
