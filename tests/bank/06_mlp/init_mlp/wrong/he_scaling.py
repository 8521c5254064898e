"""Weights scaled by the width of the layer.

misconception: scale_is_std
fails: init_mlp.law
"""

import jax
import jax.numpy as jnp
import numpy as np


def init_mlp(key, sizes, scale=1e-2):
    keys = jax.random.split(key, 2 * len(sizes) - 2)
    return [
        (jnp.sqrt(2 / i) * jax.random.normal(a, (o, i)), scale * jax.random.normal(b, (o,)))
        for a, b, i, o in zip(keys[::2], keys[1::2], sizes, sizes[1:])
    ]
