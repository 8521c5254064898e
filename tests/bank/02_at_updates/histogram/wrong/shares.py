"""Shares instead of counts.

misconception: count_each_bin
fails: histogram.counts
"""

import jax.numpy as jnp


def histogram(idx, num_bins):
    return (jnp.zeros(num_bins).at[jnp.where(idx < 0, num_bins, idx)].add(1) / idx.size).astype(jnp.int32)
