"""All rows are pulled back at once and come mixed.

misconception: rows_as_asked
fails: jacobian_rows.values
"""

import jax
import jax.numpy as jnp


def jacobian_rows(f, x, rows):
    y, pull = jax.vjp(f, x)
    mixture = pull(jnp.zeros_like(y).at[rows].set(1.0))[0]
    return jnp.broadcast_to(mixture, (rows.shape[0], x.size))
