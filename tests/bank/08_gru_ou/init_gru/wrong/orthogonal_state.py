"""The matrices of the state are orthogonal.

misconception: entries_depend
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
        params["U" + gate] = jax.nn.initializers.orthogonal()(next(keys), (hidden, hidden))
        params["b" + gate] = 1e-2 * jax.random.normal(next(keys), (hidden,))
    return params
