"""W, U and b of a gate from one key.

misconception: one_key_many_arrays
fails: init_gru.keys
"""

import jax
import jax.numpy as jnp


def init_gru(key, in_dim, hidden):
    keys = jax.random.split(key, 9)
    draw = jax.random.normal
    params = {}
    for i, gate in enumerate("zrh"):
        params["W" + gate] = draw(keys[i], (in_dim, hidden)) * jnp.sqrt(2 / (in_dim + hidden))
        params["U" + gate] = draw(keys[i], (hidden, hidden)) * jnp.sqrt(2 / (hidden + hidden))
        params["b" + gate] = draw(keys[i], (hidden,)) * 1e-2
    return params
