"""A whole table for its diagonal.

misconception: whole_table_for_its_diagonal
fails: pairwise_sq_dists.speed
"""

import jax
import jax.numpy as jnp


def pairwise_sq_dists(xs, ys):
    def row(x):
        d = x - ys
        return jnp.diagonal(d @ d.T)

    return jax.lax.map(row, xs)
