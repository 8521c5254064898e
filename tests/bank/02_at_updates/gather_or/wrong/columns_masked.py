"""Bounds by the first axis, entries along the last one.

misconception: reads_columns
fails: gather_or.values
"""

import jax.numpy as jnp


def gather_or(x, idx, fill):
    inside = (idx >= 0) & (idx < len(x))
    return jnp.where(inside, jnp.take(x, jnp.clip(idx, 0, len(x) - 1), axis=-1), fill)
