"""Each matrix rescaled until its own standard deviation is exact.

misconception: entries_depend
fails: init_gru.law
"""

import jax


def init_gru(key, in_dim, hidden):
    keys = iter(jax.random.split(key, 9))

    def glorot(m, n):
        w = jax.random.normal(next(keys), (m, n))
        return (w - w.mean()) / w.std() * (2 / (m + n)) ** 0.5

    params = {}
    for g in "zrh":
        params["W" + g], params["U" + g] = glorot(in_dim, hidden), glorot(hidden, hidden)
        params["b" + g] = 1e-2 * jax.random.normal(next(keys), (hidden,))
    return params
