"""Python's hash of the leaf's path is folded in: another one in each process.

misconception: hidden_state
fails: keys_like.pure
"""

import jax


def keys_like(key, tree):
    return jax.tree_util.tree_map_with_path(
        lambda path, _: jax.random.fold_in(key, hash(jax.tree_util.keystr(path)) % 2**32), tree
    )
