"""The square multiplied out, negatives cut.

misconception: expanded_square
fails: pairwise_sq_dists.zero
"""

import jax
import jax.numpy as jnp


def pairwise_sq_dists(xs, ys):
    return jnp.maximum(jnp.sum(xs**2, 1)[:, None] - 2 * xs @ ys.T + jnp.sum(ys**2, 1), 0)
