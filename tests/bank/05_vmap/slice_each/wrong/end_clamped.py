"""The end is clamped in place of the start: start + width overflows for starts near 2^31.

misconception: window_clamped
fails: slice_each.clamp
"""

import jax
import jax.numpy as jnp


def slice_each(xs, starts, width):
    ends = jnp.minimum(starts + width, xs.shape[1])
    return jnp.take_along_axis(xs, ends[:, None] - jnp.arange(width, 0, -1), axis=1)
