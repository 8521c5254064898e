"""A scan eight steps at a time."""

from jax import lax


def ema(xs, alpha):
    def step(h, x):
        h = alpha * x + (1 - alpha) * h
        return h, h

    return lax.scan(step, xs[0], xs, unroll=8)[1]
