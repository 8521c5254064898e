"""In a scan, the key is drawn from and then split.

misconception: one_key_two_draws
fails: roll_dice.keys
"""

import jax


def roll_dice(key, n):
    def roll(key, _):
        face = jax.random.randint(key, (), 1, 7)
        return jax.random.split(key)[0], face

    return jax.lax.scan(roll, key, length=n)[1]
