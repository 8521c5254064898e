"""A root that an epsilon keeps from 0, squared.

misconception: epsilon_is_a_distance
fails: pairwise_sq_dists.zero
"""

import jax.numpy as jnp


def pairwise_sq_dists(xs, ys):
    return jnp.sqrt(jnp.sum((xs[:, None] - ys) ** 2, axis=-1) + 1e-12) ** 2
