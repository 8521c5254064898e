"""Fisher and Yates's shuffle in a fori_loop."""

import jax
import jax.numpy as jnp


def shuffle_pairs(key, xs, ys):
    n = len(xs)
    keys = jax.random.split(key, n)

    def swap(i, order):
        j = jax.random.randint(keys[i], (), i, n)
        return order.at[i].set(order[j]).at[j].set(order[i])

    order = jax.lax.fori_loop(0, n, swap, jnp.arange(n))
    return xs[order], ys[order]
