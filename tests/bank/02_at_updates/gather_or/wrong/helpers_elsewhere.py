"""Helpers in a file of the student's own, which was not handed in.

misconception: cell_did_not_run
fails: gather_or.values
"""

import jax.numpy as jnp
from my_helpers import take_inside


def gather_or(x, idx, fill):
    inside = (idx >= 0) & (idx < x.shape[0])
    return jnp.where(inside.reshape(-1, *[1] * (x.ndim - 1)), take_inside(x, idx), fill)
