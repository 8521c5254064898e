"""NumPy's where.

misconception: numpy_on_a_tracer
fails: piecewise.traced
"""

import jax.numpy as jnp
import numpy as np


def piecewise(x, y):
    return jnp.asarray(np.where(np.asarray(x) < 3, 3 * np.asarray(y) ** 2, -4 * np.asarray(y)), jnp.float32)
