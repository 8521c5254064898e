"""A Python loop over blocks of a thousand.

misconception: loop_is_unrolled
fails: histogram.jit
"""

import jax.numpy as jnp


def histogram(idx, num_bins):
    idx = jnp.where(idx < 0, num_bins, idx)
    counts = jnp.zeros(num_bins, jnp.int32)
    for start in range(0, idx.shape[0], 1000):
        counts = counts.at[idx[start : start + 1000]].add(1)
    return counts
