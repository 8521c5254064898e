"""A Python loop over the rolls.

misconception: unrolled_loop
fails: roll_dice.trace
"""

import jax
import jax.numpy as jnp


def roll_dice(key, n):
    return jnp.stack([jax.random.randint(jax.random.fold_in(key, i), (), 1, 7) for i in range(n)])
