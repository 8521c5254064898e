"""Biases cut off at two standard deviations, which leaves a spread of 0.0088.

misconception: bias_scale
fails: init_gru.law
"""

import jax


def init_gru(key, in_dim, hidden):
    glorot = jax.nn.initializers.glorot_normal()
    keys = iter(jax.random.split(key, 9))
    params = {}
    for gate in "zrh":
        params["W" + gate] = glorot(next(keys), (in_dim, hidden))
        params["U" + gate] = glorot(next(keys), (hidden, hidden))
        params["b" + gate] = jax.nn.initializers.truncated_normal(1e-2)(next(keys), (hidden,))
    return params
