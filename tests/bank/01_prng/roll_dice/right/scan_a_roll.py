"""A scan that splits the key on its way."""

import jax
import jax.numpy as jnp


def roll_dice(key, n):
    def roll(key, _):
        key, sub = jax.random.split(key)
        return key, jax.random.randint(sub, (), 1, 7)

    return jax.lax.scan(roll, key, length=n)[1]
