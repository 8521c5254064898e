"""The leaf's number is added to both numbers of the key.

misconception: seed_plus_step
fails: keys_like.keys
"""

import jax


def keys_like(key, tree):
    leaves, structure = jax.tree.flatten(tree)
    data = jax.random.key_data(key)
    return structure.unflatten([jax.random.wrap_key_data(data + i) for i in range(len(leaves))])
