"""Rows are sent to their places instead of fetched."""

import jax
import jax.numpy as jnp


def shuffle_pairs(key, xs, ys):
    places = jax.random.permutation(key, xs.shape[0])
    return [jnp.zeros_like(a).at[places].set(a) for a in (xs, ys)]
