"""Leaves of one size share a key.

misconception: same_key_twice
fails: keys_like.law
"""

import jax
import jax.numpy as jnp


def keys_like(key, tree):
    return jax.tree.map(lambda leaf: jax.random.fold_in(key, jnp.size(leaf)), tree)
