"""The square multiplied out, equal rows set to zero.

misconception: expanded_square
fails: pairwise_sq_dists.zero
"""

import jax
import jax.numpy as jnp


def pairwise_sq_dists(xs, ys):
    d = jnp.sum(xs**2, 1)[:, None] - 2 * xs @ ys.T + jnp.sum(ys**2, 1)
    return jnp.where((xs[:, None] == ys).all(-1), 0.0, d)
