"""One draw [in, 3 hidden], cut in three: its fan out is three times too large.

misconception: glorot_fans
fails: init_gru.law
"""

import jax
import jax.numpy as jnp


def init_gru(key, in_dim, hidden):
    first, second, third = jax.random.split(key, 3)
    glorot = jax.nn.initializers.glorot_normal()
    ws = jnp.split(glorot(first, (in_dim, 3 * hidden)), 3, axis=1)
    us = jnp.split(glorot(second, (hidden, 3 * hidden)), 3, axis=1)
    bs = 1e-2 * jax.random.normal(third, (3, hidden))
    params = {}
    for g, w, u, b in zip("zrh", ws, us, bs, strict=True):
        params |= {"W" + g: w, "U" + g: u, "b" + g: b}
    return params
