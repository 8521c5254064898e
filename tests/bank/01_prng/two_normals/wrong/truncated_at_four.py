"""Normals cut off at 4.

misconception: another_distribution
fails: two_normals.trace
"""

import jax


def two_normals(key, shape):
    first, second = jax.random.split(key)
    return jax.random.truncated_normal(first, -4.0, 4.0, shape), jax.random.truncated_normal(second, -4.0, 4.0, shape)
