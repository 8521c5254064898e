"""The mask is known while tracing: NumPy makes it."""

import jax
import jax.numpy as jnp
import numpy as np


@jax.jit
def set_border(x, value):
    edge = np.ones(x.shape, bool)
    edge[1:-1, 1:-1] = False
    return jnp.asarray(x).at[edge].set(value)
