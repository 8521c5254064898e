"""The last axis is shuffled: seen in one-dimensional arrays only as right.

misconception: rows_lost
fails: shuffle_pairs.law
"""

import jax
import jax.numpy as jnp


def shuffle_pairs(key, xs, ys):
    order = jax.random.permutation(key, len(xs))
    return xs[..., order], ys[..., order]
