"""It calls itself from a branch of cond, and both branches are traced.

misconception: never_ending_recursion
fails: collatz_steps.values
"""

import jax


def collatz_steps(n):
    return jax.lax.cond(n == 1, lambda: 0, lambda: 1 + collatz_steps(jax.numpy.where(n % 2, 3 * n + 1, n // 2)))
