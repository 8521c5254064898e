"""Twelve uniform numbers, summed: nearly normal, with tails too thin.

misconception: another_distribution
fails: two_normals.trace
"""

import jax


def two_normals(key, shape):
    first, second = jax.random.split(key)
    return jax.random.uniform(first, (12, *shape)).sum(0) - 6, jax.random.uniform(second, (12, *shape)).sum(0) - 6
