"""The same two keys for every layer.

misconception: one_key_many_arrays
fails: init_mlp.independent
"""

import jax


def init_mlp(key, sizes, scale=1e-2):
    a, b = jax.random.split(key)
    return [
        (scale * jax.random.normal(a, (o, i)), scale * jax.random.normal(b, (o,))) for i, o in zip(sizes, sizes[1:])
    ]
