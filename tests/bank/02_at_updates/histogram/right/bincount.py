"""bincount with a bin for the outliers."""

import jax.numpy as jnp


def histogram(idx, num_bins):
    outside = (idx < 0) | (idx >= num_bins)
    return jnp.bincount(jnp.where(outside, num_bins, idx), length=num_bins + 1)[:-1]
