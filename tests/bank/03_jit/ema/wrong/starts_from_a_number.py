"""The scan starts from the number 0, and carries on with what rows are.

misconception: carry_changes
fails: ema.values
"""

import jax


def ema(xs, alpha):
    def step(h, x):
        h = alpha * x + (1 - alpha) * h
        return h, h

    return jax.lax.scan(step, 0, xs)[1]
