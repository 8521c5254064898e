"""A stack of single rows, of which there may be none.

misconception: rows_as_asked
fails: jacobian_rows.edges
"""

import jax
import jax.numpy as jnp


def jacobian_rows(f, x, rows):
    return jnp.stack([jax.grad(lambda z: f(z)[r])(x) for r in rows])
