"""What is missing to the new value is added: a large or an infinite old one stays.

misconception: not_by_arithmetic
fails: ring_push.values
"""

import jax.numpy as jnp


def ring_push(buffer, head, value):
    buffer = jnp.asarray(buffer)
    return buffer.at[head].add(value - buffer[head]), (head + 1) % buffer.shape[0]
