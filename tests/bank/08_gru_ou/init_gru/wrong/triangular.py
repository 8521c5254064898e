"""Triangular draws of the right variance.

misconception: not_normal
fails: init_gru.law
"""

import jax


def init_gru(key, in_dim, hidden):
    keys = iter(jax.random.split(key, 9))

    def glorot(shape):
        return (jax.random.uniform(next(keys), (2, *shape)).sum(0) - 1) * (12 / sum(shape)) ** 0.5

    params = {}
    for gate in "zrh":
        params["W" + gate] = glorot((in_dim, hidden))
        params["U" + gate] = glorot((hidden, hidden))
        params["b" + gate] = 1e-2 * jax.random.normal(next(keys), (hidden,))
    return params
