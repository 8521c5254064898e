"""Counts chunks without the target of the last, and wraps round where the text ends.

misconception: number_of_chunks
fails: make_streams.edges
"""

import jax.numpy as jnp


def make_streams(ids, batch, length):
    n = len(ids) // (batch * length)

    def cut(x):
        return x[: n * batch * length].reshape(batch, n, length).swapaxes(0, 1)

    return cut(ids), cut(jnp.roll(ids, -1))
