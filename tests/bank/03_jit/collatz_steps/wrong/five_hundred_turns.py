"""500 turns for everybody: enough for most.

misconception: loop_too_short
fails: collatz_steps.long
"""

import jax.numpy as jnp
from jax import lax


def collatz_steps(n):
    def turn(_, state):
        n, steps = state
        going = n > 1
        after = jnp.where(n % 2 == 0, n // 2, 3 * n + 1)
        return jnp.where(going, after, n), steps + going

    return lax.fori_loop(0, 500, turn, (jnp.asarray(n, jnp.int32), jnp.int32(0)))[1]
