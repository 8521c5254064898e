"""The second half is the first, backwards.

misconception: one_draw_for_many
fails: roll_dice.law
"""

import jax
import jax.numpy as jnp


def roll_dice(key, n):
    r = jax.random.randint(key, ((n + 1) // 2,), 1, 7)
    return jnp.concatenate([r, r[: n // 2][::-1]])
