"""Shifts and a select."""

import jax.numpy as jnp
from jax import lax


def collatz_steps(n):
    n = jnp.asarray(n).astype(jnp.uint32)

    def body(state):
        return state[0] + 1, lax.select(state[1] & 1 == 1, 3 * state[1] + 1, state[1] >> 1)

    return lax.while_loop(lambda s: s[1] != 1, body, (jnp.int32(0), n))[0]
