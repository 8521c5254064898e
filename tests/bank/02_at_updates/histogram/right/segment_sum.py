"""A segment sum, which drops what is outside."""

import jax
import jax.numpy as jnp


def histogram(idx, num_bins):
    return jax.ops.segment_sum(jnp.ones_like(idx), idx, num_segments=num_bins)
