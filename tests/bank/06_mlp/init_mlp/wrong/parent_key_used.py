"""Draws from the key that is split afterwards.

misconception: one_key_many_arrays
fails: init_mlp.independent
"""

import jax


def init_mlp(key, sizes, scale=1e-2):
    layers = []
    for i, o in zip(sizes, sizes[1:]):
        W = scale * jax.random.normal(key, (o, i))
        key, sub = jax.random.split(key)
        layers.append((W, scale * jax.random.normal(sub, (o,))))
    return layers
