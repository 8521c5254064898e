"""Sorted by random bytes: of 5000 rows, most keep the order that they had to their neighbours.

misconception: some_orders_more_often
fails: shuffle_pairs.uniform
"""

import jax
import jax.numpy as jnp


def shuffle_pairs(key, xs, ys):
    order = jnp.argsort(jax.random.bits(key, (len(xs),), jnp.uint8))
    return xs[order], ys[order]
