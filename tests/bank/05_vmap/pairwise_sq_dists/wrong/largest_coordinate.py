"""The largest squared difference.

misconception: squared_distance
fails: pairwise_sq_dists.values
"""

import jax.numpy as jnp


def pairwise_sq_dists(xs, ys):
    return jnp.max((xs[:, None] - ys) ** 2, axis=-1)
