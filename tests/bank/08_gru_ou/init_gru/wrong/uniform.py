"""Glorot uniform.

misconception: not_normal
fails: init_gru.law
"""

import jax
import jax.numpy as jnp


def init_gru(key, in_dim, hidden):
    keys = jax.random.split(key, 9)
    glorot = jax.nn.initializers.glorot_uniform()
    params = {}
    for i, gate in enumerate("zrh"):
        params["W" + gate] = glorot(keys[3 * i], (in_dim, hidden))
        params["U" + gate] = glorot(keys[3 * i + 1], (hidden, hidden))
        params["b" + gate] = jax.random.normal(keys[3 * i + 2], (hidden,)) * 1e-2
    return params
