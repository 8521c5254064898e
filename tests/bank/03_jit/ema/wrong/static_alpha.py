"""alpha is a number.

misconception: concrete_value_needed
fails: ema.traced
"""

from jax import lax


def ema(xs, alpha):
    alpha = float(alpha)

    def step(h, x):
        h = alpha * x + (1 - alpha) * h
        return h, h

    return lax.scan(step, xs[0], xs)[1]
