"""The variance is `scale`.

misconception: scale_is_std
fails: init_mlp.law
"""

import jax
import jax.numpy as jnp
import numpy as np


def init_mlp(key, sizes, scale=1e-2):
    keys = jax.random.split(key, 2 * len(sizes) - 2)
    std = jnp.sqrt(scale)
    return [
        (std * jax.random.normal(a, (o, i)), std * jax.random.normal(b, (o,)))
        for a, b, i, o in zip(keys[::2], keys[1::2], sizes, sizes[1:])
    ]
