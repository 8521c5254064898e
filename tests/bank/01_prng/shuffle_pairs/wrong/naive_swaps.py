"""Each place swaps with any place.

misconception: some_orders_more_often
fails: shuffle_pairs.uniform
"""

import jax
import jax.numpy as jnp


def shuffle_pairs(key, xs, ys):
    n = len(xs)
    js = jax.random.randint(key, (n,), 0, n)

    def swap(i, order):
        j = js[i]
        return order.at[i].set(order[j]).at[j].set(order[i])

    order = jax.lax.fori_loop(0, n, swap, jnp.arange(n))
    return xs[order], ys[order]
