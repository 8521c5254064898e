"""A permutation matrix: 0 times what is infinite in another row is NaN.

misconception: not_by_arithmetic
fails: swap_rows.values
"""

import jax.numpy as jnp


def swap_rows(x, i, j):
    order = jnp.arange(x.shape[0])
    order = order.at[i].set(j).at[j].set(i)
    return jnp.eye(x.shape[0])[order] @ x
