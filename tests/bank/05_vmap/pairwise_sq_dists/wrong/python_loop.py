"""A Python loop over the rows.

misconception: python_loop
fails: pairwise_sq_dists.trace
"""

import jax
import jax.numpy as jnp


def pairwise_sq_dists(xs, ys):
    return jnp.stack([jnp.sum((x - ys) ** 2, -1) for x in xs])
