"""Numbers are added to the key.

misconception: seed_plus_step
fails: keys_like.keys
"""

import jax
import jax.numpy as jnp


def keys_like(key, tree):
    leaves, treedef = jax.tree.flatten(tree)
    data = jax.random.key_data(key)
    return treedef.unflatten([jax.random.wrap_key_data(data.at[1].add(jnp.uint32(i))) for i in range(len(leaves))])
