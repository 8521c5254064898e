"""The difference is added here and taken away there: rounding loses the smaller row.

misconception: not_by_arithmetic
fails: swap_rows.values
"""

import jax.numpy as jnp


def swap_rows(x, i, j):
    x = jnp.asarray(x)
    difference = x[j] - x[i]
    return x.at[i].add(difference).at[j].add(-difference)
