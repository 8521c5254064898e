"""Divided by its own standard deviation.

misconception: another_distribution
fails: noise_at.any_step
"""

import jax


def noise_at(key, step, shape):
    z = jax.random.normal(jax.random.fold_in(key, step), shape)
    return z / (z.std() + 1e-6)
