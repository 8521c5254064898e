"""A row of fill values after the last."""

import jax.numpy as jnp


def gather_or(x, idx, fill):
    n = x.shape[0]
    padded = jnp.concatenate([x, jnp.full((1, *x.shape[1:]), fill, x.dtype)])
    return padded[jnp.where((idx < 0) | (idx >= n), n, idx)]
