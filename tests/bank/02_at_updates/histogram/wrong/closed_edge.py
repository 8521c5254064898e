"""The last bin takes num_bins along.

misconception: closed_last_bin
fails: histogram.outside
"""

import jax.numpy as jnp


def histogram(idx, num_bins):
    return jnp.histogram(idx, bins=num_bins, range=(0, num_bins))[0].astype(jnp.int32)
