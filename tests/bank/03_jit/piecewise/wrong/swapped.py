"""Branches swapped.

misconception: which_branch
fails: piecewise.values
"""

import jax.numpy as jnp


def piecewise(x, y):
    return jnp.where(x < 3, -4 * y, 3 * y**2)
