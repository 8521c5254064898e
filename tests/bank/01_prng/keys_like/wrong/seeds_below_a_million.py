"""Keys of random seeds, of which there are a million: a thousand leaves share some.

misconception: same_key_twice
fails: keys_like.keys
"""

import jax


def keys_like(key, tree):
    leaves, treedef = jax.tree.flatten(tree)
    seeds = jax.random.randint(key, (len(leaves),), 0, 1_000_000)
    return treedef.unflatten([jax.random.key(seed) for seed in seeds])
