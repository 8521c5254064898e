"""An epsilon, as if there were a root.

misconception: epsilon_is_a_distance
fails: pairwise_sq_dists.zero
"""

import jax.numpy as jnp


def pairwise_sq_dists(xs, ys):
    return jnp.sum((xs[:, None] - ys) ** 2, axis=-1) + 1e-8
