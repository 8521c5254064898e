"""A Python loop for up to eight rows, one after another in a scan beyond.

misconception: one_after_another
fails: jacobian_rows.trace
"""

import jax
import jax.numpy as jnp


def jacobian_rows(f, x, rows):
    y, pull = jax.vjp(f, x)
    row = lambda r: pull(jax.nn.one_hot(r, y.shape[0]))[0]
    if 0 < rows.shape[0] <= 8:
        return jnp.stack([row(r) for r in rows])
    return jax.lax.map(row, rows)
