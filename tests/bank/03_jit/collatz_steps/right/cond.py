"""lax.cond in the body."""

import jax
from jax import lax


@jax.jit
def collatz_steps(n):
    def body(state):
        n, steps = state
        n = lax.cond(n % 2 == 0, lambda n: n // 2, lambda n: 3 * n + 1, n)
        return n, steps + 1

    return lax.while_loop(lambda s: s[0] > 1, body, (n, 0))[1]
