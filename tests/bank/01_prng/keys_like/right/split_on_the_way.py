"""A key that is split at each leaf."""

import jax
import jax.numpy as jnp


def keys_like(key, tree):
    def take(_):
        nonlocal key
        key, sub = jax.random.split(key)
        return sub

    return jax.tree.map(take, tree)
