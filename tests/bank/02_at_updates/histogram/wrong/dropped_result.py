"""The result of .at is not kept.

misconception: result_thrown_away
fails: histogram.counts
"""

import jax.numpy as jnp


def histogram(idx, num_bins):
    counts = jnp.zeros(num_bins, jnp.int32)
    counts.at[jnp.where(idx < 0, num_bins, idx)].add(1)
    return counts
