"""A weight for each pair of times.

misconception: all_pairs_of_times
fails: ema.speed
"""

import jax.numpy as jnp


def ema(xs, alpha):
    t = jnp.arange(xs.shape[0])
    age = t[:, None] - t
    weights = jnp.where(age < 0, 0.0, (1 - alpha) ** jnp.abs(age)) * jnp.where(t == 0, 1.0, alpha)
    return jnp.tensordot(weights, xs, 1)
