"""A counter is folded in.

misconception: hidden_state
fails: keys_like.pure
"""

import jax
import jax.numpy as jnp

calls = []


def keys_like(key, tree):
    calls.append(1)
    leaves, treedef = jax.tree.flatten(tree)
    return treedef.unflatten(jax.random.split(jax.random.fold_in(key, len(calls)), len(leaves)))
