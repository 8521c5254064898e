"""A dot product of the difference with itself, maps the other way round."""

import jax
import jax.numpy as jnp


def pairwise_sq_dists(xs, ys):
    def distance(x, y):
        d = x - y
        return d @ d

    return jax.vmap(jax.vmap(distance, (0, None)), (None, 0), out_axes=1)(xs, ys)
