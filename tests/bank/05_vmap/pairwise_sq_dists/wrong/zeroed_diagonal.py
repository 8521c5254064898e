"""The diagonal set to zero.

misconception: diagonal_is_not_special
fails: pairwise_sq_dists.values
"""

import jax
import jax.numpy as jnp


def pairwise_sq_dists(xs, ys):
    d = jnp.sum((xs[:, None] - ys) ** 2, -1)
    return d * (1 - jnp.eye(*d.shape)) if len(xs) == len(ys) else d
