"""Right inside jit, and something else when it is simply called.

misconception: every_pair
fails: pairwise_sq_dists.values
"""

import jax
import jax.numpy as jnp


def pairwise_sq_dists(xs, ys):
    table = jnp.sum((xs[:, None] - ys) ** 2, -1)
    return table if isinstance(xs, jax.core.Tracer) else table.T
