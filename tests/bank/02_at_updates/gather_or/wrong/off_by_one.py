"""len(x) taken for inside.

misconception: off_by_one
fails: gather_or.values
"""

import jax.numpy as jnp


def gather_or(x, idx, fill):
    inside = (idx >= 0) & (idx <= len(x))
    return jnp.where(inside.reshape((-1,) + (1,) * (x.ndim - 1)), x[idx], fill)
