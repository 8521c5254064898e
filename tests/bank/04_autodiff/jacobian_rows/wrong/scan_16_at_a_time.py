"""A scan over the rows, written out 16 at a time.

misconception: one_after_another
fails: jacobian_rows.trace
"""

import jax
import jax.numpy as jnp


def jacobian_rows(f, x, rows):
    y, pull = jax.vjp(f, x)
    numbers = jnp.arange(y.shape[0])

    def one(_, row):
        return None, pull((numbers == row).astype(y.dtype))[0]

    return jax.lax.scan(one, None, rows, unroll=16)[1]
