"""Shifts each chunk in a circle, so its last target is its first input.

misconception: targets_not_shifted
fails: make_streams.values
"""

import jax.numpy as jnp


def make_streams(ids, batch, length):
    n = (len(ids) - 1) // (batch * length)
    x = ids[: n * batch * length].reshape(batch, n, length).swapaxes(0, 1)
    return x, jnp.roll(x, -1, axis=-1)
