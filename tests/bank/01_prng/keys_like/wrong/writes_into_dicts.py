"""The keys are written into the caller's dicts.

misconception: input_changed
fails: keys_like.pure
"""

import jax
import jax.numpy as jnp


def keys_like(key, tree):
    leaves, treedef = jax.tree.flatten(tree)
    keys = treedef.unflatten(jax.random.split(key, len(leaves)))

    def write(old, new):
        if isinstance(old, dict):
            for name in old:
                old[name] = write(old[name], new[name])
            return old
        return new

    return write(tree, keys)
