"""NumPy's global generator.

misconception: not_of_the_key
fails: init_mlp.fresh
"""

import jax.numpy as jnp
import numpy as np


def init_mlp(key, sizes, scale=1e-2):
    draw = lambda *shape: jnp.asarray(np.random.normal(0, scale, shape), jnp.float32)
    return [(draw(o, i), draw(o)) for i, o in zip(sizes, sizes[1:])]
