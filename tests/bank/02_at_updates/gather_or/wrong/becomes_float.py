"""Integers come back as floats.

misconception: fill_ignored
fails: gather_or.fill
"""

import jax.numpy as jnp


def gather_or(x, idx, fill):
    inside = ((idx >= 0) & (idx < len(x))).reshape((-1,) + (1,) * (x.ndim - 1))
    return jnp.where(inside, x[jnp.clip(idx, 0, len(x) - 1)], jnp.float32(fill))
