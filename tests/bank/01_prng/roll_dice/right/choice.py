"""choice with replacement."""

import jax
import jax.numpy as jnp


def roll_dice(key, n):
    return jax.random.choice(key, jnp.arange(1, 7), shape=(n,))
