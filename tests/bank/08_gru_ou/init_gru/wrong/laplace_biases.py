"""Biases of the right size with heavy tails.

misconception: bias_scale
fails: init_gru.law
"""

import jax
import jax.numpy as jnp


def init_gru(key, in_dim, hidden):
    glorot = jax.nn.initializers.glorot_normal()
    keys = iter(jax.random.split(key, 9))
    params = {}
    for gate in "zrh":
        params["W" + gate] = glorot(next(keys), (in_dim, hidden))
        params["U" + gate] = glorot(next(keys), (hidden, hidden))
        params["b" + gate] = 1e-2 / 2**0.5 * jax.random.laplace(next(keys), (hidden,))
    return params
