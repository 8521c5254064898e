"""The first leaf gets the key itself.

misconception: parent_key_handed_out
fails: keys_like.keys
"""

import jax
import jax.numpy as jnp


def keys_like(key, tree):
    leaves, treedef = jax.tree.flatten(tree)
    return treedef.unflatten([key, *jax.random.split(key, max(len(leaves), 1))[1:]][: len(leaves)])
