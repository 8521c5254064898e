"""Random indices, some twice.

misconception: rows_lost
fails: shuffle_pairs.law
"""

import jax
import jax.numpy as jnp


def shuffle_pairs(key, xs, ys):
    order = jax.random.randint(key, (len(xs),), 0, len(xs))
    return xs[order], ys[order]
