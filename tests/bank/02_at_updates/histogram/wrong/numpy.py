"""NumPy's bincount.

misconception: numpy_on_a_tracer
fails: histogram.jit
"""

import jax.numpy as jnp
import numpy as np


def histogram(idx, num_bins):
    idx = np.asarray(idx)
    idx = idx[(idx >= 0) & (idx < num_bins)]
    return jnp.asarray(np.bincount(idx, minlength=num_bins), jnp.int32)
