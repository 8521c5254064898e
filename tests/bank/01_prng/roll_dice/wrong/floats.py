"""Whole numbers, but floats.

misconception: shape_or_dtype
fails: roll_dice.law
"""

import jax
import jax.numpy as jnp


def roll_dice(key, n):
    return jnp.floor(jax.random.uniform(key, (n,), minval=1, maxval=7))
