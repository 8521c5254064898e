"""alpha weights the past.

misconception: alpha_weights_the_new
fails: ema.values
"""

from jax import lax


def ema(xs, alpha):
    def step(h, x):
        h = (1 - alpha) * x + alpha * h
        return h, h

    return lax.scan(step, xs[0], xs)[1]
