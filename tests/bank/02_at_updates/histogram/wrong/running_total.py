"""Counts go on from call to call.

misconception: input_is_gone
fails: histogram.pure
"""

import jax
import jax.numpy as jnp
import numpy as np

total = {}


def histogram(idx, num_bins):
    fresh = jnp.zeros(num_bins, jnp.int32).at[jnp.where(idx < 0, num_bins, idx)].add(1)
    if isinstance(idx, jax.core.Tracer):
        return fresh
    key = (idx.tobytes() if isinstance(idx, np.ndarray) else np.asarray(idx).tobytes(), num_bins)
    total[key] = total.get(key, 0) + fresh
    return total[key]
