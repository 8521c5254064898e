"""NumPy, seeded by the key.

misconception: numpy_on_a_tracer
fails: roll_dice.trace
"""

import jax
import jax.numpy as jnp
import numpy as np


def roll_dice(key, n):
    rng = np.random.default_rng(np.asarray(jax.random.key_data(key)))
    return jnp.asarray(rng.integers(1, 7, n), jnp.int32)
