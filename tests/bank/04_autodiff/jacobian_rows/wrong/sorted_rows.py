"""The rows come back in ascending order.

misconception: rows_as_asked
fails: jacobian_rows.values
"""

import jax
import jax.numpy as jnp


def jacobian_rows(f, x, rows):
    y, pull = jax.vjp(f, x)
    return jax.vmap(pull)(jax.nn.one_hot(jnp.sort(rows), y.size))[0]
