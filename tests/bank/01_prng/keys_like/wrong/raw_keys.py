"""Raw uint32 keys.

misconception: no_scalar_key
fails: keys_like.law
"""

import jax
import jax.numpy as jnp


def keys_like(key, tree):
    leaves, treedef = jax.tree.flatten(tree)
    keys = jax.random.split(key, len(leaves))
    return treedef.unflatten([jax.random.key_data(k) for k in keys])
