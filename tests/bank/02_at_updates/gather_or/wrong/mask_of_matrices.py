"""The mask gets the axes that a matrix needs, whatever the rank.

misconception: mask_on_the_wrong_axis
fails: gather_or.values
"""

import jax.numpy as jnp


def gather_or(x, idx, fill):
    inside = (idx >= 0) & (idx < len(x))
    return jnp.where(inside[:, None], x[idx], fill)
