"""A cumulative sum of growing weights.

misconception: powers_under_and_overflow
fails: ema.edges
"""

import jax.numpy as jnp


def ema(xs, alpha):
    t = jnp.arange(xs.shape[0]).reshape((-1,) + (1,) * (xs.ndim - 1))
    weighted = jnp.where(t == 0, xs, alpha * xs) * (1 - alpha) ** (-1.0 * t)
    return jnp.cumsum(weighted, axis=0) * (1 - alpha) ** (1.0 * t)
