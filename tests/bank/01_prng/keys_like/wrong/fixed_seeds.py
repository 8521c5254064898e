"""Seeds 0, 1, 2, ...

misconception: key_ignored
fails: keys_like.law
"""

import jax
import jax.numpy as jnp


def keys_like(key, tree):
    leaves, treedef = jax.tree.flatten(tree)
    return treedef.unflatten([jax.random.key(i) for i in range(len(leaves))])
