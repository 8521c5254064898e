"""Each array has an order of its own.

misconception: pairs_torn_apart
fails: shuffle_pairs.law
"""

import jax
import jax.numpy as jnp


def shuffle_pairs(key, xs, ys):
    k1, k2 = jax.random.split(key)
    return jax.random.permutation(k1, xs), jax.random.permutation(k2, ys)
