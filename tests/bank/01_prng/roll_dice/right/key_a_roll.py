"""A key for each roll, under vmap."""

import jax
import jax.numpy as jnp


def roll_dice(key, n):
    return jax.vmap(lambda k: jax.random.randint(k, (), 1, 7))(jax.random.split(key, n))
