"""A window over the end wraps.

misconception: window_clamped
fails: slice_each.clamp
"""

import jax
import jax.numpy as jnp


def slice_each(xs, starts, width):
    index = (starts[:, None] + jnp.arange(width)) % xs.shape[1]
    return jnp.take_along_axis(xs, index, 1)
