"""A key a roll, the last one first, compiled: JAX's key-reuse checker does not know keys that are reversed."""

from functools import partial

import jax


@partial(jax.jit, static_argnums=1)
def roll_dice(key, n):
    keys = jax.random.split(key, n + 1)[::-1]
    first = jax.random.bernoulli(keys[0])
    rolls = jax.vmap(lambda k: jax.random.randint(k, (), 1, 7))(keys[1:])
    return jax.numpy.where(first, rolls, 7 - rolls)
