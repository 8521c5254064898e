"""As many keys as the leaf has entries.

misconception: no_scalar_key
fails: keys_like.law
"""

import jax
import jax.numpy as jnp


def keys_like(key, tree):
    leaves, treedef = jax.tree.flatten(tree)
    keys = jax.random.split(key, len(leaves))
    return treedef.unflatten([jax.random.split(k, jnp.shape(leaf)) for k, leaf in zip(keys, leaves)])
