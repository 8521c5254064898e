"""einsum of the differences."""

import jax
import jax.numpy as jnp


def pairwise_sq_dists(xs, ys):
    d = xs[:, None] - ys[None]
    return jnp.einsum("nmd,nmd->nm", d, d)
