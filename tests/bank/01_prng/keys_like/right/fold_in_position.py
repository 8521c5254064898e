"""The leaf's position is folded in."""

import jax
import jax.numpy as jnp


def keys_like(key, tree):
    treedef = jax.tree.structure(tree)
    return treedef.unflatten([jax.random.fold_in(key, i) for i in range(treedef.num_leaves)])
