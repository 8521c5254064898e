"""Keys for the top level, spread below.

misconception: same_key_twice
fails: keys_like.law
"""

import jax
import jax.numpy as jnp


def keys_like(key, tree):
    if not isinstance(tree, (dict, list, tuple)):
        return key
    items = list(tree.values()) if isinstance(tree, dict) else list(tree)
    keys = jax.random.split(key, len(items))
    new = [jax.tree.map(lambda _, k=k: k, item) for k, item in zip(keys, items)]
    return dict(zip(tree, new)) if isinstance(tree, dict) else type(tree)(new)
