"""One long draw a gate, cut into its three arrays and scaled."""

import jax
import jax.numpy as jnp


def init_gru(key, in_dim, hidden):
    w, u = in_dim * hidden, hidden * hidden

    def gate(key):
        noise = jax.random.normal(key, (w + u + hidden,))
        first, second, third = jnp.split(noise, [w, w + u])
        return (
            first.reshape(in_dim, hidden) * (2 / (in_dim + hidden)) ** 0.5,
            second.reshape(hidden, hidden) * hidden**-0.5,
            third * 1e-2,
        )

    keys = jax.random.split(key, 3)
    return {n + g: a for g, k in zip("zrh", keys, strict=True) for n, a in zip("WUb", gate(k), strict=True)}
