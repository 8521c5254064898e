"""bincount clips negative indices to 0.

misconception: outliers_clipped
fails: histogram.outside
"""

import jax.numpy as jnp


def histogram(idx, num_bins):
    return jnp.bincount(idx, length=num_bins)
