"""Two dice of one key are added modulo six, so their sum is even.

misconception: one_key_two_draws
fails: roll_dice.law
"""

import jax


def roll_dice(key, n):
    return (jax.random.randint(key, (n,), 0, 6) + jax.random.randint(key, (n,), 0, 6)) % 6 + 1
