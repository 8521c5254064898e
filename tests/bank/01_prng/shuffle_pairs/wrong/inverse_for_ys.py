"""The labels get the inverse permutation.

misconception: pairs_torn_apart
fails: shuffle_pairs.law
"""

import jax
import jax.numpy as jnp


def shuffle_pairs(key, xs, ys):
    order = jax.random.permutation(key, len(xs))
    return xs[order], ys[jnp.argsort(order)]
