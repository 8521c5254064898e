"""Both mapped in step, then spread.

misconception: every_pair
fails: pairwise_sq_dists.values
"""

import jax
import jax.numpy as jnp


def pairwise_sq_dists(xs, ys):
    k = max(len(xs), len(ys))
    d = jax.vmap(lambda x, y: jnp.sum((x - y) ** 2))(jnp.resize(xs, (k, xs.shape[1])), jnp.resize(ys, (k, ys.shape[1])))
    return jnp.broadcast_to(d[: len(xs), None], (len(xs), len(ys)))
