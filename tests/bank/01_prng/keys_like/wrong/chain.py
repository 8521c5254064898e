"""Each leaf's key is made of the one before, which was handed out.

misconception: parent_key_handed_out
fails: keys_like.keys
"""

import jax
import jax.numpy as jnp


def keys_like(key, tree):
    leaves, treedef = jax.tree.flatten(tree)
    keys = []
    for _ in leaves:
        key = jax.random.fold_in(key, 0)
        keys.append(key)
    return treedef.unflatten(keys)
