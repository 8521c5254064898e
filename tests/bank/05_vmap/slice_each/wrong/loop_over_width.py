"""A Python loop over the window.

misconception: python_loop
fails: slice_each.trace
"""

import jax
import jax.numpy as jnp


def slice_each(xs, starts, width):
    first = jnp.minimum(starts, xs.shape[1] - width)
    return jnp.stack([xs[jnp.arange(len(xs)), first + k] for k in range(width)], axis=1)
