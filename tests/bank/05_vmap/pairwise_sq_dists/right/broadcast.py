"""Broadcasting."""

import jax
import jax.numpy as jnp


def pairwise_sq_dists(xs, ys):
    return ((xs[:, None, :] - ys[None, :, :]) ** 2).sum(-1)
