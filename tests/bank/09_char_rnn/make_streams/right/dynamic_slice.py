"""Slices taken by vmap over a table of beginnings."""

from functools import partial

import jax
import jax.numpy as jnp


def make_streams(ids, batch, length):
    ids = jnp.asarray(ids)
    n = (ids.shape[0] - 1) // (batch * length)
    begins = jnp.arange(n)[:, None] * length + jnp.arange(batch)[None] * n * length
    cut = lambda x: jax.vmap(jax.vmap(lambda s: jax.lax.dynamic_slice(x, (s,), (length,))))(begins)
    return cut(ids[:-1]), cut(ids[1:])
