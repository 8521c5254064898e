"""The permutation's diagonal is cleared last.

misconception: same_row
fails: swap_rows.same
"""

import jax.numpy as jnp


def swap_rows(x, i, j):
    p = jnp.eye(x.shape[0]).at[i, j].set(1).at[j, i].set(1).at[i, i].set(0).at[j, j].set(0)
    return p @ x
