"""Each turn starts from n itself.

misconception: loop_never_ends
fails: collatz_steps.values
"""

import jax.numpy as jnp
from jax import lax


def collatz_steps(n):
    def body(s):
        m, k = s
        m = jnp.where(n % 2 == 0, n // 2, 3 * n + 1)
        return m, k + 1

    return lax.while_loop(lambda s: s[0] != 1, body, (jnp.asarray(n, jnp.int32), jnp.int32(0)))[1]
