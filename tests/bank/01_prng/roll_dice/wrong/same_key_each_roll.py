"""The same key for each roll under vmap.

misconception: one_draw_for_many
fails: roll_dice.law
"""

import jax
import jax.numpy as jnp


def roll_dice(key, n):
    return jax.vmap(lambda _: jax.random.randint(key, (), 1, 7))(jnp.arange(n))
