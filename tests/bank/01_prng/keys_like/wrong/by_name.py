"""The last part of the path decides: all biases share a key.

misconception: same_key_twice
fails: keys_like.law
"""

import zlib

import jax
import jax.numpy as jnp


def keys_like(key, tree):
    def make(path, _):
        return jax.random.fold_in(key, zlib.crc32(str(path[-1]).encode()) if path else 0)

    return jax.tree.map_with_path(make, tree)
