"""Clamped one too early.

misconception: window_clamped
fails: slice_each.values
"""

import jax
import jax.numpy as jnp


def slice_each(xs, starts, width):
    first = jnp.minimum(starts, max(xs.shape[1] - width - 1, 0))
    return jnp.take_along_axis(xs, first[:, None] + jnp.arange(width), 1)
