"""A binomial, with the right range and mean.

misconception: unfair_dice
fails: roll_dice.law
"""

import jax
import jax.numpy as jnp


def roll_dice(key, n):
    return 1 + jax.random.bernoulli(key, 0.5, (n, 5)).sum(1).astype(jnp.int32)
