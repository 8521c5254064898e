"""The loop runs while n is positive: from 1 it climbs to 4 again.

misconception: loop_never_ends
fails: collatz_steps.values
"""

import jax
import jax.numpy as jnp


@jax.jit
def collatz_steps(n):
    def body(carry):
        n, steps = carry
        return jnp.where(n % 2 == 0, n // 2, 3 * n + 1), steps + 1

    return jax.lax.while_loop(lambda carry: carry[0] > 0, body, (jnp.asarray(n, jnp.int32), jnp.int32(0)))[1]
