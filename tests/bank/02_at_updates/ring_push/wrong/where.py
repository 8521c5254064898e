"""Goes over all slots.

misconception: copies_the_buffer
fails: ring_push.speed
"""

import jax.numpy as jnp


def ring_push(buffer, head, value):
    n = buffer.shape[0]
    here = (jnp.arange(n) == head).reshape((n,) + (1,) * (buffer.ndim - 1))
    return jnp.where(here, value, buffer), (head + 1) % n
