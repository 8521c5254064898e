"""Rolls the buffer twice.

misconception: copies_the_buffer
fails: ring_push.speed
"""

import jax.numpy as jnp


def ring_push(buffer, head, value):
    front = jnp.roll(buffer, -head, axis=0).at[0].set(value)
    return jnp.roll(front, head, axis=0), (head + 1) % buffer.shape[0]
