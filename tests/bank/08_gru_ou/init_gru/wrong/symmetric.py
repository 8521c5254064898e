"""Plain normals made symmetric.

misconception: entries_depend
fails: init_gru.law
"""

import jax


def init_gru(key, in_dim, hidden):
    keys, params = iter(jax.random.split(key, 9)), {}
    for g in "zrh":
        u = jax.random.normal(next(keys), (hidden, hidden)) / hidden**0.5
        params["W" + g] = (2 / (in_dim + hidden)) ** 0.5 * jax.random.normal(next(keys), (in_dim, hidden))
        params["U" + g] = (u + u.T) / 2**0.5
        params["b" + g] = 1e-2 * jax.random.normal(next(keys), (hidden,))
    return params
