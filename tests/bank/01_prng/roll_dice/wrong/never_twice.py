"""Each roll moves on by one to five faces.

misconception: one_draw_for_many
fails: roll_dice.law
"""

import jax
import jax.numpy as jnp


def roll_dice(key, n):
    first, rest = jax.random.split(key)
    start = jax.random.randint(first, (), 0, 6)
    return (start + jnp.cumsum(jax.random.randint(rest, (n,), 1, 6))) % 6 + 1
