"""variance_scaling, truncated, and a nested split."""

import jax
import jax.numpy as jnp


def init_gru(key, in_dim, hidden):
    glorot = jax.nn.initializers.variance_scaling(1.0, "fan_avg", "truncated_normal")
    small = jax.nn.initializers.normal(1e-2)
    params = {}
    for gate, key in zip("zrh", jax.random.split(key, 3)):
        a, b, c = jax.random.split(key, 3)
        params |= {
            f"W{gate}": glorot(a, (in_dim, hidden)),
            f"U{gate}": glorot(b, (hidden, hidden)),
            f"b{gate}": small(c, (hidden,)),
        }
    return params
