"""Fisher and Yates's shuffle, unrolled by Python.

misconception: unrolled_loop
fails: shuffle_pairs.trace
"""

import jax
import jax.numpy as jnp


def shuffle_pairs(key, xs, ys):
    n = len(xs)
    order = jnp.arange(n)
    for i in range(n - 1):
        j = jax.random.randint(jax.random.fold_in(key, i), (), i, n)
        order = order.at[i].set(order[j]).at[j].set(order[i])
    return xs[order], ys[order]
