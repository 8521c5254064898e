"""Sorted by random integers below 100: equal ones keep their order.

misconception: some_orders_more_often
fails: shuffle_pairs.uniform
"""

import jax
import jax.numpy as jnp


def shuffle_pairs(key, xs, ys):
    order = jnp.argsort(jax.random.randint(key, (len(xs),), 0, 100))
    return xs[order], ys[order]
