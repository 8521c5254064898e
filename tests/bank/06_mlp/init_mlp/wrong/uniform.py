"""Uniform in [-scale, scale].

misconception: scale_is_std
fails: init_mlp.law
"""

import jax


def init_mlp(key, sizes, scale=1e-2):
    keys = jax.random.split(key, 2 * len(sizes) - 2)
    return [
        (
            jax.random.uniform(a, (o, i), minval=-scale, maxval=scale),
            jax.random.uniform(b, (o,), minval=-scale, maxval=scale),
        )
        for a, b, i, o in zip(keys[::2], keys[1::2], sizes, sizes[1:])
    ]
