"""The mask lies along the last axis.

misconception: mask_on_the_wrong_axis
fails: gather_or.values
"""

import jax.numpy as jnp


def gather_or(x, idx, fill):
    inside = (idx >= 0) & (idx < len(x))
    try:
        return jnp.where(inside, x[idx], fill)
    except ValueError:
        return jnp.where(inside.reshape((-1,) + (1,) * (x.ndim - 1)), x[idx], fill)
