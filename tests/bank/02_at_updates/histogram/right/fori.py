"""lax.fori_loop over the indices."""

import jax.numpy as jnp
from jax import lax


def histogram(idx, num_bins):
    if idx.shape[0] == 0:
        return jnp.zeros(num_bins, jnp.int32)

    def count(k, counts):
        inside = (idx[k] >= 0) & (idx[k] < num_bins)
        return counts.at[jnp.where(inside, idx[k], 0)].add(inside.astype(jnp.int32))

    return lax.fori_loop(0, idx.shape[0], count, jnp.zeros(num_bins, jnp.int32))
