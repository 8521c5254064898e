"""Slices need numbers.

misconception: concrete_value_needed
fails: swap_rows.traced
"""

import jax.numpy as jnp


def swap_rows(x, i, j):
    i, j = min(int(i), int(j)), max(int(i), int(j))
    if i == j:
        return x
    return jnp.concatenate([x[:i], x[j : j + 1], x[i + 1 : j], x[i : i + 1], x[j + 1 :]])
