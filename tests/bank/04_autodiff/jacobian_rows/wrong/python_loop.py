"""A Python loop over the rows.

misconception: one_after_another
fails: jacobian_rows.trace
"""

import jax
import jax.numpy as jnp


def jacobian_rows(f, x, rows):
    y, pull = jax.vjp(f, x)
    found = [pull(jax.nn.one_hot(r, y.size))[0] for r in rows]
    return jnp.stack(found) if found else jnp.zeros((0, x.size))
