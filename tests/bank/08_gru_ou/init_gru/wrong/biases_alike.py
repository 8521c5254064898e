"""The three biases are one draw.

misconception: one_key_many_arrays
fails: init_gru.keys
"""

import jax


def init_gru(key, in_dim, hidden):
    glorot = jax.nn.initializers.glorot_normal()
    keys = iter(jax.random.split(key, 7))
    bias = 1e-2 * jax.random.normal(next(keys), (hidden,))
    params = {}
    for gate in "zrh":
        params["W" + gate] = glorot(next(keys), (in_dim, hidden))
        params["U" + gate] = glorot(next(keys), (hidden, hidden))
        params["b" + gate] = bias
    return params
