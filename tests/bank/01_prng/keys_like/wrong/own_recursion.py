"""Recursion over plain containers; named tuples and None are leaves to it.

misconception: structure_lost
fails: keys_like.any_structure
"""

import jax
import jax.numpy as jnp


def keys_like(key, tree):
    if isinstance(tree, dict):
        keys = jax.random.split(key, len(tree))
        return {name: keys_like(k, tree[name]) for name, k in zip(tree, keys)}
    if type(tree) in (list, tuple):
        return type(tree)(keys_like(k, item) for k, item in zip(jax.random.split(key, len(tree)), tree))
    return key
