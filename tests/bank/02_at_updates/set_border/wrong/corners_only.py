"""Index lists as if they were a grid.

misconception: index_lists_make_pairs
fails: set_border.values
"""

import jax.numpy as jnp


def set_border(x, value):
    ends = jnp.array([0, -1])
    return x.at[ends, ends].set(value)
