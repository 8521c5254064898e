"""A table of all indices and bins.

misconception: counts_by_comparing
fails: histogram.speed
"""

import jax
import jax.numpy as jnp


def histogram(idx, num_bins):
    return jax.nn.one_hot(idx, num_bins, dtype=jnp.int32).sum(0)
