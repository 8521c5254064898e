"""The structure is forgotten.

misconception: structure_lost
fails: keys_like.law
"""

import jax
import jax.numpy as jnp


def keys_like(key, tree):
    return list(jax.random.split(key, len(jax.tree.leaves(tree))))
