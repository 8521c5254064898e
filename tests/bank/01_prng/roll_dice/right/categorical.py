"""Equal logits."""

import jax
import jax.numpy as jnp


def roll_dice(key, n):
    return jax.random.categorical(key, jnp.zeros(6), shape=(n,)).astype(jnp.int32) + 1
