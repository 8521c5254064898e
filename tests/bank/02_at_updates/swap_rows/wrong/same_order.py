"""Reads in the order in which it writes.

misconception: swap_both_rows
fails: swap_rows.values
"""

import jax.numpy as jnp


def swap_rows(x, i, j):
    both = jnp.array([i, j])
    return x.at[both].set(x[both])
