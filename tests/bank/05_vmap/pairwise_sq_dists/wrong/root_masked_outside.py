"""A norm, squared again, with zeros put in afterwards.

misconception: root_at_zero
fails: pairwise_sq_dists.gradient
"""

import jax
import jax.numpy as jnp


def pairwise_sq_dists(xs, ys):
    d = xs[:, None] - ys
    return jnp.where((d == 0).all(-1), 0.0, jnp.sqrt(jnp.sum(d**2, -1)) ** 2)
