"""The labels stay.

misconception: pairs_torn_apart
fails: shuffle_pairs.law
"""

import jax
import jax.numpy as jnp


def shuffle_pairs(key, xs, ys):
    return jax.random.permutation(key, xs), ys
