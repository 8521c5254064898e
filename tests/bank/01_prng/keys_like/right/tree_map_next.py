"""An iterator of keys under tree.map."""

import jax
import jax.numpy as jnp


def keys_like(key, tree):
    keys = iter(jax.random.split(key, len(jax.tree.leaves(tree))))
    return jax.tree.map(lambda _: next(keys), tree)
