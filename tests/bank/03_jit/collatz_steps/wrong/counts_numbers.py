"""Counts the numbers on the path.

misconception: count_the_steps
fails: collatz_steps.values
"""

import jax.numpy as jnp
from jax import lax


def collatz_steps(n):
    def body(state):
        n, steps = state
        return jnp.where(n % 2 == 0, n // 2, 3 * n + 1), steps + 1

    return lax.while_loop(lambda s: s[0] != 1, body, (jnp.int32(n), jnp.int32(1)))[1]
