"""A norm whose root never sees a zero, squared again."""

import jax
import jax.numpy as jnp


@jax.jit
def pairwise_sq_dists(xs, ys):
    s = jnp.sum(jnp.square(xs[:, None] - ys), -1)
    return jnp.where(s > 0, jnp.sqrt(jnp.where(s > 0, s, 1.0)), 0.0) ** 2
