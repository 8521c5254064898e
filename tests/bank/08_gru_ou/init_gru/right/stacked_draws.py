"""One draw for the three gates of a kind."""

import jax
import jax.numpy as jnp


def init_gru(key, in_dim, hidden):
    a, b, c = jax.random.split(key, 3)
    W = jax.random.normal(a, (3, in_dim, hidden)) * (2 / (in_dim + hidden)) ** 0.5
    U = jax.random.normal(b, (3, hidden, hidden)) / hidden**0.5
    bias = jax.random.normal(c, (3, hidden)) * 0.01
    params = {}
    for i, gate in enumerate("zrh"):
        params.update({"W" + gate: W[i], "U" + gate: U[i], "b" + gate: bias[i]})
    return params
