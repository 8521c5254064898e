"""One row, all starts.

misconception: own_start
fails: slice_each.values
"""

import jax
import jax.numpy as jnp


def slice_each(xs, starts, width):
    return jax.vmap(lambda s: jax.lax.dynamic_slice_in_dim(xs[0], s, width))(starts)
