"""Two dice modulo six, both from the same key's family.

misconception: one_key_two_draws
fails: roll_dice.keys
"""

import jax
import jax.numpy as jnp


def roll_dice(key, n):
    first = jax.random.randint(key, (n,), 0, 6)
    second = jax.random.randint(jax.random.split(key)[1], (n,), 0, 6)
    return (first + second) % 6 + 1
