"""int() of n.

misconception: concrete_value_needed
fails: collatz_steps.jit
"""

import jax.numpy as jnp


def collatz_steps(n):
    n, steps = int(n), 0
    while n != 1:
        n, steps = (3 * n + 1 if n % 2 else n // 2), steps + 1
    return jnp.int32(steps)
