"""Keys of random seeds of 32 bits."""

import jax


def keys_like(key, tree):
    leaves, treedef = jax.tree.flatten(tree)
    return treedef.unflatten([jax.random.key(bits) for bits in jax.random.bits(key, (len(leaves),))])
