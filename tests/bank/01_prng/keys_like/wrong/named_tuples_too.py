"""Recursion that knows named tuples and None, and no class that was registered.

misconception: structure_lost
fails: keys_like.any_structure
"""

import jax


def keys_like(key, tree):
    if tree is None:
        return None
    if isinstance(tree, dict):
        subs = jax.random.split(key, len(tree))
        return {name: keys_like(sub, tree[name]) for name, sub in zip(tree, subs, strict=True)}
    if isinstance(tree, tuple | list):
        subs = [keys_like(sub, item) for sub, item in zip(jax.random.split(key, len(tree)), tree, strict=True)]
        return type(tree)(*subs) if hasattr(tree, "_fields") else type(tree)(subs)
    return key
