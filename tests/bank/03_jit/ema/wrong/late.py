"""Returns the average before the new value.

misconception: alpha_weights_the_new
fails: ema.values
"""

from jax import lax


def ema(xs, alpha):
    def step(h, x):
        return alpha * x + (1 - alpha) * h, h

    return lax.scan(step, xs[0], xs)[1]
