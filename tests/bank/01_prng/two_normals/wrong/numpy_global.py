"""NumPy's global generator.

misconception: hidden_state
fails: two_normals.pure
"""

import jax
import jax.numpy as jnp
import numpy as np


def two_normals(key, shape):
    a, b = np.random.normal(size=(2, *shape)).astype(np.float32)
    return jnp.asarray(a), jnp.asarray(b)
