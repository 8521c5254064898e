"""Writes into a NumPy array that was passed in.

misconception: input_is_gone
fails: set_border.pure
"""

import jax.numpy as jnp
import numpy as np


def set_border(x, value):
    if isinstance(x, np.ndarray):
        x[0] = x[-1] = value
        x[:, 0] = x[:, -1] = value
        return jnp.asarray(x)
    return x.at[0].set(value).at[-1].set(value).at[:, 0].set(value).at[:, -1].set(value)
