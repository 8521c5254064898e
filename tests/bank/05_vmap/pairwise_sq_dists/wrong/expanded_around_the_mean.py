"""The square multiplied out around the mean, but for close rows: two clusters are both far from their mean.

misconception: expanded_square
fails: pairwise_sq_dists.zero
"""

import jax
import jax.numpy as jnp


def pairwise_sq_dists(xs, ys):
    a, b = xs - xs.mean(0), ys - xs.mean(0)
    expanded = jnp.sum(a**2, 1)[:, None] - 2 * a @ b.T + jnp.sum(b**2, 1)
    return jnp.where(expanded < 0.1, jnp.sum((xs[:, None] - ys) ** 2, -1), expanded)
