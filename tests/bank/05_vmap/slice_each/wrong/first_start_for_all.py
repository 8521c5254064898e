"""The first start for all rows.

misconception: own_start
fails: slice_each.values
"""

import jax
import jax.numpy as jnp


def slice_each(xs, starts, width):
    return jax.lax.dynamic_slice_in_dim(xs, starts[0], width, axis=1)
