"""permutation of an arange, over a pytree."""

import jax
import jax.numpy as jnp


def shuffle_pairs(key, xs, ys):
    order = jax.random.permutation(key, jnp.arange(len(ys)))
    return jax.tree.map(lambda a: a[order, ...], (xs, ys))
