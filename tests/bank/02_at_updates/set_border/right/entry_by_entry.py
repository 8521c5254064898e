"""Written for one entry, mapped over rows and columns."""

import jax
import jax.numpy as jnp


def set_border(x, value):
    height, width = x.shape

    def entry(r, c):
        edge = (r == 0) | (r == height - 1) | (c == 0) | (c == width - 1)
        return jnp.where(edge, value, x[r, c])

    return jax.vmap(lambda r: jax.vmap(lambda c: entry(r, c))(jnp.arange(width)))(jnp.arange(height))
