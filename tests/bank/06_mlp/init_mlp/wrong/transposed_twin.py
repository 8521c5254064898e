"""Drawn [in, out] and turned, the bias from the same key.

misconception: one_key_many_arrays
fails: init_mlp.independent
"""

import jax


def init_mlp(key, sizes, scale=1e-2):
    layers = []
    for i, o in zip(sizes, sizes[1:]):
        key, sub = jax.random.split(key)
        layers.append((scale * jax.random.normal(sub, (i, o)).T, scale * jax.random.normal(sub, (o,))))
    return layers
