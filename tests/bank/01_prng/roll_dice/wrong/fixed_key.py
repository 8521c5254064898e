"""The key is not used.

misconception: key_ignored
fails: roll_dice.law
"""

import jax
import jax.numpy as jnp


def roll_dice(key, n):
    return jax.random.randint(jax.random.key(42), (n,), 1, 7)
