"""Starts from the mean of all rows.

misconception: starts_at_x0
fails: ema.values
"""

from jax import lax


def ema(xs, alpha):
    def step(h, x):
        h = alpha * x + (1 - alpha) * h
        return h, h

    return lax.scan(step, xs.mean(0), xs)[1]
