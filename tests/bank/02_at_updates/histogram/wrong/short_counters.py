"""Counted in 16 bits.

misconception: narrow_counter
fails: histogram.jit
"""

import jax.numpy as jnp


def histogram(idx, num_bins):
    past_the_end = jnp.where(idx < 0, num_bins, idx)
    return jnp.zeros(num_bins, jnp.int16).at[past_the_end].add(1).astype(jnp.int32)
