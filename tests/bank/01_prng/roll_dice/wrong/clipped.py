"""Seven becomes six.

misconception: unfair_dice
fails: roll_dice.law
"""

import jax
import jax.numpy as jnp


def roll_dice(key, n):
    return jnp.clip(jax.random.randint(key, (n,), 1, 8), 1, 6)
