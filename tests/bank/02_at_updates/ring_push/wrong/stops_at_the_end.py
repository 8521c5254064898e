"""The head stays at the last slot.

misconception: writes_past_the_end
fails: ring_push.wraps
"""

import jax.numpy as jnp


def ring_push(buffer, head, value):
    return buffer.at[head].set(value), jnp.minimum(head + 1, buffer.shape[0] - 1)
