"""Half of it, as in a loss.

misconception: squared_distance
fails: pairwise_sq_dists.values
"""

import jax
import jax.numpy as jnp


def pairwise_sq_dists(xs, ys):
    half = jax.vmap(lambda x, y: 0.5 * jnp.sum((x - y) ** 2), in_axes=(None, 0))
    return jax.vmap(half, in_axes=(0, None))(xs, ys)
