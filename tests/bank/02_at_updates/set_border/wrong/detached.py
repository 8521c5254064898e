"""The result is cut off from what went in.

misconception: gradient_cut
fails: set_border.jit
"""

import jax.numpy as jnp
from jax import lax


def set_border(x, value):
    framed = x.at[0].set(value).at[-1].set(value).at[:, 0].set(value).at[:, -1].set(value)
    return lax.stop_gradient(framed)
