"""A Python loop over the indices.

misconception: loop_is_unrolled
fails: histogram.jit
"""

import jax.numpy as jnp


def histogram(idx, num_bins):
    counts = jnp.zeros(num_bins, jnp.int32)
    for i in idx:
        counts = counts.at[jnp.where(i < 0, num_bins, i)].add(1)
    return counts
