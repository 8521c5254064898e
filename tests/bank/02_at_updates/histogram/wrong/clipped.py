"""Outliers land in the first and last bin.

misconception: outliers_clipped
fails: histogram.outside
"""

import jax.numpy as jnp


def histogram(idx, num_bins):
    return jnp.zeros(num_bins, jnp.int32).at[jnp.clip(idx, 0, num_bins - 1)].add(1)
