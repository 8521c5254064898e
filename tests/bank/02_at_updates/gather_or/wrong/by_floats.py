"""Integers take a way through float32.

misconception: content_is_no_mark
fails: gather_or.fill
"""

import jax.numpy as jnp


def gather_or(x, idx, fill):
    ok = ((idx >= 0) & (idx < len(x))).reshape(-1, *[1] * (x.ndim - 1))
    rows = x.astype(jnp.float32)[jnp.clip(idx, 0, len(x) - 1)]
    return jnp.where(ok, rows, fill).astype(x.dtype)
