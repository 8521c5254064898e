"""Divided by its own standard deviation.

misconception: made_to_fit
fails: noise_at.law
"""

import jax


def noise_at(key, step, shape):
    z = jax.random.normal(jax.random.fold_in(key, step), shape)
    return z / (z.std() + 1e-6)
