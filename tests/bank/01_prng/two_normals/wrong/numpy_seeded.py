"""NumPy's generator, seeded by the key.

misconception: numpy_on_a_tracer
fails: two_normals.trace
"""

import jax
import jax.numpy as jnp
import numpy as np


def two_normals(key, shape):
    rng = np.random.default_rng(np.asarray(jax.random.key_data(key)))
    a, b = rng.normal(size=(2, *shape)).astype(np.float32)
    return jnp.asarray(a), jnp.asarray(b)
