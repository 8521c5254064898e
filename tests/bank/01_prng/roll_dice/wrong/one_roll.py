"""One roll, n times.

misconception: one_draw_for_many
fails: roll_dice.law
"""

import jax
import jax.numpy as jnp


def roll_dice(key, n):
    return jnp.full((n,), jax.random.randint(key, (), 1, 7))
