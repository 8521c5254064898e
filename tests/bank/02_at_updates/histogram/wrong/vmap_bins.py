"""Every bin reads all indices.

misconception: counts_by_comparing
fails: histogram.speed
"""

import jax
import jax.numpy as jnp


def histogram(idx, num_bins):
    return jax.vmap(lambda b: jnp.sum(idx == b, dtype=jnp.int32))(jnp.arange(num_bins))
