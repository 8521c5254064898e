"""Starts at zero.

misconception: starts_at_x0
fails: ema.values
"""

import jax.numpy as jnp
from jax import lax


def ema(xs, alpha):
    def step(h, x):
        h = alpha * x + (1 - alpha) * h
        return h, h

    return lax.scan(step, jnp.zeros_like(xs[0]), xs)[1]
