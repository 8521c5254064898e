"""One branch divides with `/`, which makes a float.

misconception: branches_differ
fails: collatz_steps.values
"""

import jax


def collatz_steps(n):
    def step(state):
        n, steps = state
        return jax.lax.cond(n % 2 == 0, lambda: n / 2, lambda: 3 * n + 1), steps + 1

    return jax.lax.while_loop(lambda state: state[0] != 1, step, (n, 0))[1]
