"""The key carried along."""

import jax


def init_mlp(key, sizes, scale=1e-2):
    layers = []
    for i in range(1, len(sizes)):
        key, w_key, b_key = jax.random.split(key, 3)
        W = jax.random.normal(w_key, shape=(sizes[i], sizes[i - 1])) * scale
        layers += [(W, jax.random.normal(b_key, shape=(sizes[i],)) * scale)]
    return layers
