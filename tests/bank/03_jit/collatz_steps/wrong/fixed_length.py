"""200 turns for everybody.

misconception: loop_too_short
fails: collatz_steps.long
"""

import jax.numpy as jnp
from jax import lax


def collatz_steps(n):
    def body(_, state):
        n, steps = state
        going = n != 1
        n = jnp.where(going, jnp.where(n % 2 == 0, n // 2, 3 * n + 1), n)
        return n, steps + going.astype(jnp.int32)

    return lax.fori_loop(0, 200, body, (jnp.int32(n), jnp.int32(0)))[1]
