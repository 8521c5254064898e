"""A scan over the coordinates."""

import jax
import jax.numpy as jnp


def pairwise_sq_dists(xs, ys):
    step = lambda total, xy: (total + (xy[0][:, None] - xy[1]) ** 2, None)
    return jax.lax.scan(step, jnp.zeros((len(xs), len(ys)), xs.dtype), (xs.T, ys.T))[0]
