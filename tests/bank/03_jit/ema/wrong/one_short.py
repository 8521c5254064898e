"""The first row is left out.

misconception: starts_at_x0
fails: ema.values
"""

from jax import lax


def ema(xs, alpha):
    def step(h, x):
        h = alpha * x + (1 - alpha) * h
        return h, h

    return lax.scan(step, xs[0], xs[1:])[1]
