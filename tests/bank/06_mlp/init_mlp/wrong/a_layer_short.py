"""The last layer is missing.

misconception: layers_are_pairs
fails: init_mlp.law
"""

import jax


def init_mlp(key, sizes, scale=1e-2):
    keys = jax.random.split(key, 2 * len(sizes))
    return [
        (scale * jax.random.normal(a, (o, i)), scale * jax.random.normal(b, (o,)))
        for a, b, i, o in zip(keys[::2], keys[1::2], sizes[:-2], sizes[1:])
    ]
