"""A product with one-hot rows.

misconception: only_the_window
fails: slice_each.speed
"""

import jax
import jax.numpy as jnp


def slice_each(xs, starts, width):
    first = jnp.minimum(starts, xs.shape[1] - width)
    index = first[:, None] + jnp.arange(width)
    return jnp.einsum("bwl,bl->bw", jax.nn.one_hot(index, xs.shape[1], dtype=xs.dtype), xs)
