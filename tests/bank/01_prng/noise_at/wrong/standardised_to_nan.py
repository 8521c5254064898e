"""Brought to mean 0 and variance 1 exactly; a single number becomes NaN.

misconception: another_distribution
fails: noise_at.law
"""

import jax


def noise_at(key, step, shape):
    z = jax.random.normal(jax.random.fold_in(key, step), shape)
    return (z - z.mean()) / z.std()
