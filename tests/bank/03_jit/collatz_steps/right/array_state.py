"""An array as the state."""

import jax.numpy as jnp
from jax import lax


def collatz_steps(n):
    def body(state):
        n, count = state
        return jnp.stack([jnp.where(n % 2, 3 * n + 1, n // 2), count + 1])

    return lax.while_loop(lambda s: s[0] != 1, body, jnp.stack([jnp.int32(n), jnp.int32(0)]))[1]
