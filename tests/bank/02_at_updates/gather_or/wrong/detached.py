"""The rows are cut off from x.

misconception: gradient_cut
fails: gather_or.jit
"""

import jax.numpy as jnp
from jax import lax


def gather_or(x, idx, fill):
    inside = (idx >= 0) & (idx < x.shape[0])
    rows = lax.stop_gradient(x)[jnp.where(inside, idx, 0)]
    return jnp.where(inside.reshape(inside.shape + (1,) * (x.ndim - 1)), rows, jnp.asarray(fill, x.dtype))
