"""A number below 100 modulo six: four faces have 17 chances of 100, two 16.

misconception: unfair_dice
fails: roll_dice.trace
"""

import jax


def roll_dice(key, n):
    return jax.random.randint(key, (n,), 0, 100) % 6 + 1
