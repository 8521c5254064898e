"""A map over the window inside a map over the rows."""

import jax
import jax.numpy as jnp


def slice_each(xs, starts, width):
    def cut(x, start):
        start = jnp.minimum(start, x.size - width)
        return jax.vmap(lambda k: x[start + k])(jnp.arange(width))

    return jax.vmap(cut)(xs, starts)
