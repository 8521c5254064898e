"""Each row of J is put in one place only, so repeats stay empty.

misconception: rows_as_asked
fails: jacobian_rows.edges
"""

import jax
import jax.numpy as jnp


def jacobian_rows(f, x, rows):
    y, pull = jax.vjp(f, x)
    k = rows.shape[0]
    place = jnp.zeros(y.size, jnp.int32).at[rows].max(jnp.arange(k))
    units = jnp.zeros((k, y.size)).at[place[rows], rows].set(1.0)
    return jax.vmap(pull)(units)[0]
