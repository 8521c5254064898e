"""Sorting random numbers."""

import jax
import jax.numpy as jnp


def shuffle_pairs(key, xs, ys):
    order = jnp.argsort(jax.random.uniform(key, (xs.shape[0],)))
    return jnp.take(xs, order, axis=0), jnp.take(ys, order, axis=0)
