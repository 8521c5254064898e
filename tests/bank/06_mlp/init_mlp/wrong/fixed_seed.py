"""A seed of its own.

misconception: not_of_the_key
fails: init_mlp.fresh
"""

import jax


def init_mlp(key, sizes, scale=1e-2):
    keys = jax.random.split(jax.random.key(0), 2 * len(sizes) - 2)
    return [
        (scale * jax.random.normal(a, (o, i)), scale * jax.random.normal(b, (o,)))
        for a, b, i, o in zip(keys[::2], keys[1::2], sizes, sizes[1:])
    ]
