"""Fifty random swaps, however many rows there are.

misconception: some_orders_more_often
fails: shuffle_pairs.uniform
"""

import jax
import jax.numpy as jnp


def shuffle_pairs(key, xs, ys):
    n = len(xs)

    def swap(order, ij):
        return order.at[ij].set(order[ij[::-1]]), None

    order, _ = jax.lax.scan(swap, jnp.arange(n), jax.random.randint(key, (50, 2), 0, n))
    return xs[order], ys[order]
