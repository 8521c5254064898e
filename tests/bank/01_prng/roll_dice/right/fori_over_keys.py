"""A loop that writes one roll at a time, each with a key of its own."""

import jax
import jax.numpy as jnp


def roll_dice(key, n):
    keys = jax.random.split(key, n)
    return jax.lax.fori_loop(
        0, n, lambda i, d: d.at[i].set(jax.random.randint(keys[i], (), 1, 7)), jnp.zeros(n, jnp.int32)
    )
