"""Biases start at zero.

misconception: biases_are_drawn
fails: init_mlp.law
"""

import jax
import jax.numpy as jnp
import numpy as np


def init_mlp(key, sizes, scale=1e-2):
    keys = jax.random.split(key, len(sizes) - 1)
    return [(scale * jax.random.normal(k, (o, i)), jnp.zeros(o)) for k, i, o in zip(keys, sizes, sizes[1:])]
