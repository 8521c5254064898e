"""Each array is brought to mean 0 and variance 1 exactly: its entries know of each other.

misconception: made_to_fit
fails: two_normals.law
"""

import jax
import jax.numpy as jnp


def standard(key, shape):
    x = jax.random.normal(key, shape)
    return x if x.size < 2 else (x - x.mean()) / x.std()


def two_normals(key, shape):
    first, second = jax.random.split(key)
    return standard(first, shape), standard(second, shape)
