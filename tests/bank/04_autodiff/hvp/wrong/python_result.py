"""The result as NumPy.

misconception: numpy_on_a_tracer
fails: hvp.trace
"""

import jax
import jax.numpy as jnp
import numpy as np


def hvp(f, x, v):
    product = jax.jvp(jax.grad(f), (x,), (v,))[1]
    return jax.tree.map(lambda leaf: jnp.asarray(np.asarray(leaf)), product)
