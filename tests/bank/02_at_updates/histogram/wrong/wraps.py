"""Negative indices count from the end.

misconception: negative_index_wraps
fails: histogram.outside
"""

import jax.numpy as jnp


def histogram(idx, num_bins):
    return jnp.zeros(num_bins, jnp.int32).at[idx].add(1)
