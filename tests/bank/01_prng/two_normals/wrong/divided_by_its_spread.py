"""Divided by its own standard deviation, which one number has not.

misconception: made_to_fit
fails: two_normals.law
"""

import jax


def two_normals(key, shape):
    k1, k2 = jax.random.split(key)
    a, b = jax.random.normal(k1, shape), jax.random.normal(k2, shape)
    return a / (a.std() + 1e-6), b / (b.std() + 1e-6)
