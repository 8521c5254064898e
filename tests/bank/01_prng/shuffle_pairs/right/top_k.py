"""The order of the largest random numbers, found by top_k; rows are taken by tree.map."""

import jax
import jax.numpy as jnp


def shuffle_pairs(key, xs, ys):
    _, order = jax.lax.top_k(jax.random.normal(key, (len(xs),)), len(xs))
    return jax.tree.map(lambda a: jnp.take(a, order, axis=0), (xs, ys))
