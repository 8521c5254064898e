"""Rolls the text, and counts a chunk whose last target is the first id.

misconception: number_of_chunks
fails: make_streams.edges
"""

import jax.numpy as jnp


def make_streams(ids, batch, length):
    ids = jnp.asarray(ids)
    n = len(ids) // (batch * length)
    f = lambda x: x[: n * batch * length].reshape(batch, n, length).swapaxes(0, 1)
    return f(ids), f(jnp.roll(ids, -1))
