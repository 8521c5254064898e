"""The array of keys is unflattened as it is, and indices mapped back."""

import jax
import jax.numpy as jnp


def keys_like(key, tree):
    leaves, treedef = jax.tree.flatten(tree)
    keys = jax.random.split(key, len(leaves))
    indices = jax.tree.unflatten(treedef, range(len(leaves)))
    return jax.tree.map(lambda i: keys[i], indices)
