"""Rows cut instead of columns.

misconception: own_start
fails: slice_each.values
"""

import jax
import jax.numpy as jnp


def slice_each(xs, starts, width):
    return jax.vmap(lambda x, s: jax.lax.dynamic_slice_in_dim(x, s, width), in_axes=(1, 0))(xs, starts)
