"""The bias has variance 1e-2.

misconception: bias_scale
fails: init_gru.law
"""

import jax
import jax.numpy as jnp


def init_gru(key, in_dim, hidden):
    keys = jax.random.split(key, 9)
    draw = jax.random.normal
    params = {}
    for i, gate in enumerate("zrh"):
        params["W" + gate] = draw(keys[3 * i], (in_dim, hidden)) * jnp.sqrt(2 / (in_dim + hidden))
        params["U" + gate] = draw(keys[3 * i + 1], (hidden, hidden)) * jnp.sqrt(2 / (hidden + hidden))
        params["b" + gate] = draw(keys[3 * i + 2], (hidden,)) * 1e-1
    return params
