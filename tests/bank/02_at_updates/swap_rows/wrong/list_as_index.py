"""A list of two indices.

misconception: index_by_a_list
fails: swap_rows.values
"""

import jax.numpy as jnp
from jax import lax


def swap_rows(x, i, j):
    return x.at[[i, j]].set(x[[j, i]])
