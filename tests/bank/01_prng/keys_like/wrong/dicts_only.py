"""Recursion that knows dicts and lists, and makes tuples lists.

misconception: structure_lost
fails: keys_like.law
"""

import jax
import jax.numpy as jnp


def keys_like(key, tree):
    if isinstance(tree, dict):
        keys = jax.random.split(key, len(tree))
        return {name: keys_like(k, tree[name]) for name, k in zip(tree, keys)}
    if isinstance(tree, (list, tuple)):
        return [keys_like(k, item) for k, item in zip(jax.random.split(key, len(tree)), tree)]
    return key
