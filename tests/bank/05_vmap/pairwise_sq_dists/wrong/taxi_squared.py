"""The square of the sum, not the sum of the squares.

misconception: squared_distance
fails: pairwise_sq_dists.values
"""

import jax.numpy as jnp


def pairwise_sq_dists(xs, ys):
    return jnp.sum(jnp.abs(xs[:, None] - ys), axis=-1) ** 2
