"""Through float32, so that large integers lose digits.

misconception: only_the_window
fails: slice_each.clamp
"""

import jax
import jax.numpy as jnp


def slice_each(xs, starts, width):
    first = jnp.minimum(starts, xs.shape[1] - width)
    picked = jnp.take_along_axis(xs.astype(jnp.float32), first[:, None] + jnp.arange(width), axis=1)
    return picked.astype(xs.dtype)
