"""Optax has it."""

import optax


def keys_like(key, tree):
    return optax.tree.split_key_like(key, tree)
