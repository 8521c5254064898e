"""A random byte modulo six: four faces come 43 times of 256, two 42 times.

misconception: unfair_dice
fails: roll_dice.trace
"""

import jax
import jax.numpy as jnp


def roll_dice(key, n):
    return (jax.random.bits(key, (n,), jnp.uint8) % 6).astype(jnp.int32) + 1
