"""Zeros past the end.

misconception: window_clamped
fails: slice_each.clamp
"""

import jax
import jax.numpy as jnp


def slice_each(xs, starts, width):
    index = starts[:, None] + jnp.arange(width)
    return jax.vmap(lambda x, i: x.at[i].get(mode="fill", fill_value=0))(xs, index)
