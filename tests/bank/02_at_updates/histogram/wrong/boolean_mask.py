"""A mask that changes the shape.

misconception: boolean_mask_under_jit
fails: histogram.jit
"""

import jax.numpy as jnp


def histogram(idx, num_bins):
    return jnp.zeros(num_bins, jnp.int32).at[idx[idx >= 0]].add(1)
