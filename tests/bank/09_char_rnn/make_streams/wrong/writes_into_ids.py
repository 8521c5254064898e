"""Shifts the argument in place.

misconception: targets_not_shifted
fails: make_streams.numpy
"""

import jax.numpy as jnp
import numpy as np


def make_streams(ids, batch, length):
    n = (len(ids) - 1) // (batch * length)

    def cut(x):
        return jnp.asarray(x[: n * batch * length].copy()).reshape(batch, n, length).swapaxes(0, 1)

    inputs = cut(ids)
    if isinstance(ids, np.ndarray):
        ids[:-1] = ids[1:]
        return inputs, cut(ids)
    return inputs, cut(ids[1:])
