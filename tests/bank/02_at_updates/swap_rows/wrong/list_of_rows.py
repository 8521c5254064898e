"""A Python list, indexed by numbers.

misconception: concrete_value_needed
fails: swap_rows.traced
"""

import jax.numpy as jnp


def swap_rows(x, i, j):
    rows = list(x)
    rows[i], rows[j] = rows[j], rows[i]
    return jnp.stack(rows)
