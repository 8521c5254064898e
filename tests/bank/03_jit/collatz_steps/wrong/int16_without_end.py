"""Small integers, where a long path ends in a circle below 0.

misconception: narrow_integers
fails: collatz_steps.values
"""

import jax.numpy as jnp
from jax import lax


def collatz_steps(n):
    def body(state):
        n, count = state
        return jnp.where(n % 2 == 0, n // 2, 3 * n + 1), count + 1

    return lax.while_loop(lambda s: s[0] != 1, body, (jnp.asarray(n, jnp.int16), jnp.int32(0)))[1]
