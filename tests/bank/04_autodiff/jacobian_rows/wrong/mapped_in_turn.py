"""lax.map runs the rows in turn.

misconception: one_after_another
fails: jacobian_rows.trace
"""

import jax
import jax.numpy as jnp


def jacobian_rows(f, x, rows):
    y, pull = jax.vjp(f, x)
    return jax.lax.map(lambda r: pull(jax.nn.one_hot(r, y.size))[0], rows)
