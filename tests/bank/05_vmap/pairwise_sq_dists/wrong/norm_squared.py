"""A norm, squared again.

misconception: root_at_zero
fails: pairwise_sq_dists.gradient
"""

import jax
import jax.numpy as jnp


def pairwise_sq_dists(xs, ys):
    return jax.vmap(lambda x: jax.vmap(lambda y: jnp.linalg.norm(x - y) ** 2)(ys))(xs)
