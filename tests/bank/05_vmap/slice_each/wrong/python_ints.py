"""Starts as Python numbers.

misconception: concrete_value_needed
fails: slice_each.trace
"""

import jax
import jax.numpy as jnp


def slice_each(xs, starts, width):
    cuts = [min(int(s), xs.shape[1] - width) for s in starts]
    return jnp.stack([x[s : s + width] for x, s in zip(xs, cuts)])
