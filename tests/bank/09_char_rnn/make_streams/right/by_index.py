"""A grid of places, indexed."""

import jax.numpy as jnp


def make_streams(ids, batch, length):
    n = (len(ids) - 1) // (batch * length)
    k, b, t = jnp.meshgrid(jnp.arange(n), jnp.arange(batch), jnp.arange(length), indexing="ij")
    places = b * n * length + k * length + t
    ids = jnp.asarray(ids)
    return ids[places], ids[places + 1]
