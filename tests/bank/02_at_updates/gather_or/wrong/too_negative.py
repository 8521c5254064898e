"""Only what cannot wrap is filled.

misconception: negative_index_wraps
fails: gather_or.negative
"""

import jax.numpy as jnp


def gather_or(x, idx, fill):
    inside = (idx >= -len(x)) & (idx < len(x))
    return jnp.where(inside.reshape((-1,) + (1,) * (x.ndim - 1)), x[idx], fill)
