"""Three bits a roll, drawn again while they say 6 or 7."""

import jax
import jax.numpy as jnp
from jax import lax


def roll_dice(key, n):
    def again(state):
        return jnp.any(state[1] > 5)

    def draw(state):
        key, rolls = state
        key, sub = jax.random.split(key)
        new = (jax.random.bits(sub, (n,), jnp.uint32) >> 29).astype(jnp.int32)
        return key, jnp.where(rolls > 5, new, rolls)

    return lax.while_loop(again, draw, (key, jnp.full(n, 7, jnp.int32)))[1] + 1
