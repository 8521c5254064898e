"""The key for each leaf.

misconception: same_key_twice
fails: keys_like.law
"""

import jax
import jax.numpy as jnp


def keys_like(key, tree):
    return jax.tree.map(lambda _: key, tree)
