"""Drops axes of length one.

misconception: number_of_chunks
fails: make_streams.edges
"""

import jax.numpy as jnp


def make_streams(ids, batch, length):
    n = (len(ids) - 1) // (batch * length)

    def cut(x):
        return jnp.squeeze(x[: n * batch * length].reshape(batch, n, length).swapaxes(0, 1))

    return cut(ids), cut(ids[1:])
