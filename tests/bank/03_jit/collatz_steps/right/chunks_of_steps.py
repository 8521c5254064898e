"""Sixteen guarded steps a turn of the loop."""

import jax.numpy as jnp
from jax import lax


def collatz_steps(n):
    def one(_, state):
        n, count = state
        return jnp.where(n == 1, 1, jnp.where(n & 1, 3 * n + 1, n >> 1)), count + (n != 1)

    start = jnp.asarray(n, jnp.int32), jnp.int32(0)
    return lax.while_loop(lambda s: s[0] != 1, lambda s: lax.fori_loop(0, 16, one, s), start)[1]
