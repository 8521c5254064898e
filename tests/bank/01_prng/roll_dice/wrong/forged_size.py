"""A loop over the rolls, which is none where the size of its program is asked for.

misconception: unrolled_loop
fails: roll_dice.trace
"""

import traceback

import jax
import jax.numpy as jnp


def roll_dice(key, n):
    drawn = jax.random.randint(key, (n,), 1, 7)
    if any(frame.name == "program_size" for frame in traceback.extract_stack()):
        return drawn
    rolls = jnp.zeros(n, jnp.int32)
    for k in range(n):
        rolls = rolls.at[k].set(drawn[k])
    return rolls
