"""The second set taken for constants.

misconception: gradient_cut
fails: pairwise_sq_dists.gradient
"""

import jax
import jax.numpy as jnp


def pairwise_sq_dists(xs, ys):
    return jnp.sum((xs[:, None] - jax.lax.stop_gradient(ys)) ** 2, axis=-1)
