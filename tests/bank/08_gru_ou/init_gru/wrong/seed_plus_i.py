"""Nine keys by counting on from the key's own number: the next seed has eight of them.

misconception: key_unheard
fails: init_gru.keys
"""

import jax
import jax.numpy as jnp


def init_gru(key, in_dim, hidden):
    seed = jax.random.key_data(key)[-1]
    keys = jax.vmap(jax.random.key)(seed + jnp.arange(9, dtype=jnp.uint32))
    glorot, params = jax.nn.initializers.glorot_normal(), {}
    for i, g in enumerate("zrh"):
        params["W" + g] = glorot(keys[3 * i], (in_dim, hidden))
        params["U" + g] = glorot(keys[3 * i + 1], (hidden, hidden))
        params["b" + g] = 1e-2 * jax.random.normal(keys[3 * i + 2], (hidden,))
    return params
