"""Compiled as a whole."""

import jax


@jax.jit
def keys_like(key, tree):
    leaves, structure = jax.tree.flatten(tree)
    return structure.unflatten(list(jax.random.split(key, len(leaves))))
