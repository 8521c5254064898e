"""Folds in the path as text, which two leaves may share.

misconception: same_key_twice
fails: keys_like.any_structure
"""

import zlib

import jax


def keys_like(key, tree):
    return jax.tree_util.tree_map_with_path(
        lambda p, _: jax.random.fold_in(key, zlib.crc32(jax.tree_util.keystr(p, simple=True, separator="/").encode())),
        tree,
    )
