"""Split at each node for its children."""

import jax
from jax.tree_util import all_leaves, tree_flatten


def keys_like(key, tree):
    if all_leaves([tree]):
        return key
    children, node = tree_flatten(tree, is_leaf=lambda other: other is not tree)
    keys = jax.random.split(key, len(children))
    return node.unflatten(keys_like(k, child) for k, child in zip(keys, children, strict=True))
