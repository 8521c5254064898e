"""Brought to mean 0 and variance 1 exactly: the entries know of each other.

misconception: made_to_fit
fails: noise_at.law
"""

import jax


def noise_at(key, step, shape):
    z = jax.random.normal(jax.random.fold_in(key, step), shape)
    return z if z.size < 2 else (z - z.mean()) / z.std()
