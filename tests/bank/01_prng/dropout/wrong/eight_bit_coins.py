"""Coins of a byte each: every rate becomes a multiple of 1/256, and 0.001 four times as large.

misconception: another_distribution
fails: dropout.independent
"""

import jax
import jax.numpy as jnp


def dropout(key, x, rate):
    dropped = jax.random.bits(key, x.shape, jnp.uint8) < 256 * rate
    return jnp.where(dropped, 0, x / (1 - rate)).astype(x.dtype)
