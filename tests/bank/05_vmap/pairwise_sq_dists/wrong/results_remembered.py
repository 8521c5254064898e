"""The result for a shape is kept from the first call, unless it is traced.

misconception: kept_results
fails: pairwise_sq_dists.values
"""

import jax
import jax.numpy as jnp

known = {}


def pairwise_sq_dists(xs, ys):
    table = jnp.sum((xs[:, None] - ys) ** 2, -1)
    if isinstance(xs, jax.core.Tracer):
        return table
    return known.setdefault((xs.shape, ys.shape), table)
