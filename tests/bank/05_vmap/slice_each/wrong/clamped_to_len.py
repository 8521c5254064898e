"""The start clamped to the length.

misconception: window_clamped
fails: slice_each.clamp
"""

import jax
import jax.numpy as jnp


def slice_each(xs, starts, width):
    first = jnp.minimum(starts, xs.shape[1] - 1)
    return jnp.take_along_axis(xs, first[:, None] + jnp.arange(width), 1, mode="clip")
