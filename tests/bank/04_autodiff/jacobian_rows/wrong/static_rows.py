"""Row numbers as Python ints.

misconception: concrete_value_needed
fails: jacobian_rows.trace
"""

import jax
import jax.numpy as jnp


def jacobian_rows(f, x, rows):
    y, pull = jax.vjp(f, x)
    units = jnp.array([[float(i == int(r)) for i in range(y.size)] for r in rows]).reshape(len(rows), y.size)
    return jax.vmap(pull)(units)[0]
