"""A scan inside blocks of 256 rows, a Python loop over the blocks.

misconception: loop_is_unrolled
fails: ema.traced
"""

import jax
import jax.numpy as jnp


def ema(xs, alpha):
    def step(h, x):
        h = alpha * x + (1 - alpha) * h
        return h, h

    h, parts = xs[0], []
    for start in range(0, xs.shape[0], 256):
        h, part = jax.lax.scan(step, h, xs[start : start + 256])
        parts.append(part)
    return jnp.concatenate(parts)
