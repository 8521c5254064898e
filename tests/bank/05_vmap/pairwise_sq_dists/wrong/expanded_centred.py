"""The square multiplied out around the mean.

misconception: expanded_square
fails: pairwise_sq_dists.zero
"""

import jax
import jax.numpy as jnp


def pairwise_sq_dists(xs, ys):
    xs, ys = xs - xs.mean(0), ys - xs.mean(0)
    return jnp.sum(xs**2, 1)[:, None] - 2 * xs @ ys.T + jnp.sum(ys**2, 1)
