"""One bin more for everything outside."""

import jax.numpy as jnp


def histogram(idx, num_bins):
    idx = jnp.where((idx >= 0) & (idx < num_bins), idx, num_bins)
    counts = jnp.zeros((num_bins + 1,), dtype=jnp.int32)
    return counts.at[idx].add(1)[:num_bins]
