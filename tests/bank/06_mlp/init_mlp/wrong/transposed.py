"""Weights as [in, out].

misconception: weights_transposed
fails: init_mlp.law
"""

import jax


def init_mlp(key, sizes, scale=1e-2):
    layers = []
    for k, i, o in zip(jax.random.split(key, len(sizes) - 1), sizes, sizes[1:]):
        a, b = jax.random.split(k)
        layers.append((scale * jax.random.normal(a, (i, o)), scale * jax.random.normal(b, (o,))))
    return layers
