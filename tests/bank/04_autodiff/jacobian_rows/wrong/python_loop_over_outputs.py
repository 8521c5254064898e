"""The whole Jacobian in a Python loop over all outputs, and the rows picked from it.

misconception: whole_jacobian
fails: jacobian_rows.trace
"""

import jax
import jax.numpy as jnp


def jacobian_rows(f, x, rows):
    y, pull = jax.vjp(f, x)
    jacobian = jnp.stack([pull(unit)[0] for unit in jnp.eye(y.size)])
    return jacobian[rows]
