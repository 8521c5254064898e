"""The outer faces have half a chance.

misconception: unfair_dice
fails: roll_dice.law
"""

import jax
import jax.numpy as jnp


def roll_dice(key, n):
    return jnp.round(jax.random.uniform(key, (n,), minval=1, maxval=6)).astype(jnp.int32)
