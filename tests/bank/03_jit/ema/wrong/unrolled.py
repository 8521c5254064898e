"""A Python loop.

misconception: loop_is_unrolled
fails: ema.traced
"""

import jax.numpy as jnp


def ema(xs, alpha):
    rows = [xs[0]]
    for x in xs[1:]:
        rows.append(alpha * x + (1 - alpha) * rows[-1])
    return jnp.stack(rows)
