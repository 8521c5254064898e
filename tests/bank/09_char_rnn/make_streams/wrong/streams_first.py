"""The axis of streams stays in front.

misconception: streams_by_formula
fails: make_streams.values
"""

import jax.numpy as jnp


def make_streams(ids, batch, length):
    ids = jnp.asarray(ids)
    n = (len(ids) - 1) // (batch * length)
    f = lambda x: x[: n * batch * length].reshape(batch, n, length)
    return f(ids), f(ids[1:])
