"""The whole row rolled.

misconception: only_the_window
fails: slice_each.speed
"""

import jax
import jax.numpy as jnp


def slice_each(xs, starts, width):
    first = jnp.minimum(starts, xs.shape[1] - width)
    return jax.vmap(lambda x, s: jnp.roll(x, -s)[:width])(xs, first)
