"""A Python while.

misconception: branch_on_traced_value
fails: collatz_steps.jit
"""

import jax.numpy as jnp


def collatz_steps(n):
    steps = 0
    while n != 1:
        n = n // 2 if n % 2 == 0 else 3 * n + 1
        steps += 1
    return jnp.int32(steps)
