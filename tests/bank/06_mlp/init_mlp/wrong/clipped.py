"""Draws beyond three standard deviations are moved to three.

misconception: scale_is_std
fails: init_mlp.law
"""

import jax
import jax.numpy as jnp


def init_mlp(key, sizes, scale=1e-2):
    keys = iter(jax.random.split(key, 2 * len(sizes) - 2))
    draw = lambda *shape: scale * jnp.clip(jax.random.normal(next(keys), shape), -3, 3)
    return [(draw(o, i), draw(o)) for i, o in zip(sizes, sizes[1:])]
