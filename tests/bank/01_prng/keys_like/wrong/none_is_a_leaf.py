"""None gets a key.

misconception: structure_lost
fails: keys_like.any_structure
"""

import jax
import jax.numpy as jnp


def keys_like(key, tree):
    is_none = lambda x: x is None
    leaves, treedef = jax.tree.flatten(tree, is_leaf=is_none)
    return treedef.unflatten(jax.random.split(key, len(leaves)))
