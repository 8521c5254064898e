"""The same order each time.

misconception: key_ignored
fails: shuffle_pairs.law
"""

import jax
import jax.numpy as jnp


def shuffle_pairs(key, xs, ys):
    order = jax.random.permutation(jax.random.key(0), len(xs))
    return xs[order], ys[order]
