"""The targets come first.

misconception: targets_not_shifted
fails: make_streams.values
"""

import jax.numpy as jnp


def make_streams(ids, batch, length):
    ids = jnp.asarray(ids)
    n = (len(ids) - 1) // (batch * length)
    f = lambda x: x[: n * batch * length].reshape(batch, n, length).swapaxes(0, 1)
    return f(ids[1:]), f(ids)
