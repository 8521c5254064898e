"""All matrices are orthogonal, and of Glorot's size.

misconception: entries_depend
fails: init_gru.law
"""

import jax


def init_gru(key, in_dim, hidden):
    init = jax.nn.initializers.orthogonal
    keys = iter(jax.random.split(key, 9))
    params = {}
    for gate in "zrh":
        size = (2 * max(in_dim, hidden) / (in_dim + hidden)) ** 0.5
        params["W" + gate] = init(size)(next(keys), (in_dim, hidden))
        params["U" + gate] = init()(next(keys), (hidden, hidden))
        params["b" + gate] = 1e-2 * jax.random.normal(next(keys), (hidden,))
    return params
