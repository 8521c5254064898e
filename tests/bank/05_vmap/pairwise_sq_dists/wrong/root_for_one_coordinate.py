"""For one coordinate the root is squared.

misconception: root_at_zero
fails: pairwise_sq_dists.gradient
"""

import jax.numpy as jnp


def pairwise_sq_dists(xs, ys):
    d = xs[:, None] - ys
    if d.shape[-1] == 1:
        return jnp.linalg.norm(d, axis=-1) ** 2
    return jnp.sum(d * d, -1)
