"""Counted in eight bits.

misconception: narrow_integers
fails: collatz_steps.long
"""

import jax.numpy as jnp
from jax import lax


def collatz_steps(n):
    def body(state):
        n, count = state
        return jnp.where(n % 2 == 0, n // 2, 3 * n + 1), count + jnp.uint8(1)

    start = jnp.asarray(n, jnp.int32), jnp.uint8(0)
    return lax.while_loop(lambda s: s[0] > 1, body, start)[1].astype(jnp.int32)
