"""True division makes floats.

misconception: floats_lose_integers
fails: collatz_steps.long
"""

import jax.numpy as jnp
from jax import lax


def collatz_steps(n):
    def body(state):
        n, steps = state
        return jnp.where(n % 2 == 0, n / 2, 3 * n + 1), steps + 1

    return lax.while_loop(lambda s: (s[0] > 1) & (s[1] < 2000), body, (jnp.float32(n), jnp.int32(0)))[1]
