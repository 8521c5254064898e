"""Half of the key is thrown away.

misconception: seed_plus_step
fails: keys_like.keys
"""

import jax
import jax.numpy as jnp


def keys_like(key, tree):
    leaves, treedef = jax.tree.flatten(tree)
    root = jax.random.key(jax.random.key_data(key)[1])
    return treedef.unflatten(jax.random.split(root, len(leaves)))
