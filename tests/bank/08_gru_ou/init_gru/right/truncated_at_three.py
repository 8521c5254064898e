"""Glorot normal, cut off at three standard deviations and widened to the right one."""

import jax
import jax.numpy as jnp


def init_gru(key, in_dim, hidden):
    keys = iter(jax.random.split(key, 9))

    def glorot(shape):
        return jnp.sqrt(2 / sum(shape)) / 0.98658 * jax.random.truncated_normal(next(keys), -3, 3, shape)

    params = {}
    for gate in "zrh":
        params["W" + gate] = glorot((in_dim, hidden))
        params["U" + gate] = glorot((hidden, hidden))
        params["b" + gate] = 1e-2 * jax.random.normal(next(keys), (hidden,))
    return params
