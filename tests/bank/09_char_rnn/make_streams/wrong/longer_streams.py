"""Streams begin every (n - 1) // batch ids, and each drops a leftover of its own.

misconception: streams_by_formula
fails: make_streams.values
"""

import jax.numpy as jnp


def make_streams(ids, batch, length):
    ids = jnp.asarray(ids)
    n = (len(ids) - 1) // (batch * length)
    each = (len(ids) - 1) // batch
    f = lambda x: x[: each * batch].reshape(batch, each)[:, : n * length].reshape(batch, n, length).swapaxes(0, 1)
    return f(ids), f(ids[1:])
