"""Squared distances below 1e-6 count as zero.

misconception: diagonal_is_not_special
fails: pairwise_sq_dists.zero
"""

import jax.numpy as jnp


def pairwise_sq_dists(xs, ys):
    d = jnp.sum((xs[:, None] - ys) ** 2, -1)
    return jnp.where(d < 1e-6, 0.0, d)
