"""The second axis is indexed.

misconception: columns_for_rows
fails: jacobian_rows.values
"""

import jax
import jax.numpy as jnp


def jacobian_rows(f, x, rows):
    return jax.jacrev(f)(x)[:, rows].T
