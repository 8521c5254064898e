"""W and b of a layer from one key.

misconception: one_key_many_arrays
fails: init_mlp.independent
"""

import jax


def init_mlp(key, sizes, scale=1e-2):
    keys = jax.random.split(key, len(sizes) - 1)
    return [
        (scale * jax.random.normal(k, (o, i)), scale * jax.random.normal(k, (o,)))
        for k, i, o in zip(keys, sizes, sizes[1:])
    ]
