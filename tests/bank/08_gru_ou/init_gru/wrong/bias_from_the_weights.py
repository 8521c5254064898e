"""The biases are the last row of U, made smaller.

misconception: one_key_many_arrays
fails: init_gru.keys
"""

import jax


def init_gru(key, in_dim, hidden):
    glorot = jax.nn.initializers.glorot_normal()
    keys = iter(jax.random.split(key, 6))
    params = {}
    for gate in "zrh":
        params["W" + gate] = glorot(next(keys), (in_dim, hidden))
        extra = jax.random.normal(next(keys), (hidden, hidden))
        params["U" + gate] = extra * hidden**-0.5
        params["b" + gate] = 1e-2 * extra[-1]
    return params
