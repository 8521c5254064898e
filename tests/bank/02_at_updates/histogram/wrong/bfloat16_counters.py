"""Counted in bfloat16, where 256 + 1 is 256.

misconception: narrow_counter
fails: histogram.counts
"""

import jax.numpy as jnp


def histogram(idx, num_bins):
    past_the_end = jnp.where(idx < 0, num_bins, idx)
    return jnp.zeros(num_bins, jnp.bfloat16).at[past_the_end].add(1).astype(jnp.int32)
