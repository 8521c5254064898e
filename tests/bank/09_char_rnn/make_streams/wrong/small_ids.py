"""Stores ids in 16 bits.

misconception: targets_not_shifted
fails: make_streams.numpy
"""

import jax.numpy as jnp


def make_streams(ids, batch, length):
    n = (len(ids) - 1) // (batch * length)
    small = jnp.asarray(ids).astype(jnp.int16).astype(jnp.int32)

    def cut(x):
        return x[: n * batch * length].reshape(batch, n, length).swapaxes(0, 1)

    return cut(small), cut(small[1:])
