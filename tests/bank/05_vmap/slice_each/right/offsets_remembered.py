"""The offsets of a width are kept from the first call, as a NumPy array that no trace owns."""

import functools

import jax.numpy as jnp
import numpy as np


@functools.cache
def offsets(width):
    return np.arange(width)


def slice_each(xs, starts, width):
    first = jnp.clip(starts, 0, xs.shape[1] - width)
    return jnp.take_along_axis(xs, first[:, None] + offsets(width), axis=1)
