"""A NumPy copy, which has no tracers.

misconception: numpy_on_a_tracer
fails: set_border.jit
"""

import jax.numpy as jnp
import numpy as np


def set_border(x, value):
    x = np.array(x)
    x[0] = x[-1] = value
    x[:, 0] = x[:, -1] = value
    return jnp.asarray(x)
