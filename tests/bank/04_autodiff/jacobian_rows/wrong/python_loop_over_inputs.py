"""The whole Jacobian in a Python loop over all inputs, column by column, and the rows picked from it.

misconception: whole_jacobian
fails: jacobian_rows.trace
"""

import jax
import jax.numpy as jnp


def jacobian_rows(f, x, rows):
    columns = [jax.jvp(f, (x,), (unit,))[1] for unit in jnp.eye(x.size)]
    return jnp.stack(columns, axis=1)[rows]
