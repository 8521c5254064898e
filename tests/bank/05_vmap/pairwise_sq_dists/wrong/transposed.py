"""The pairs the other way round.

misconception: pairs_transposed
fails: pairwise_sq_dists.values
"""

import jax
import jax.numpy as jnp


def pairwise_sq_dists(xs, ys):
    return jax.vmap(lambda y: jax.vmap(lambda x: jnp.sum((x - y) ** 2))(xs))(ys)
