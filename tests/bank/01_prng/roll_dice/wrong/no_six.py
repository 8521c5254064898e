"""The upper bound taken for included.

misconception: upper_bound_excluded
fails: roll_dice.law
"""

import jax
import jax.numpy as jnp


def roll_dice(key, n):
    return jax.random.randint(key, (n,), 1, 6)
