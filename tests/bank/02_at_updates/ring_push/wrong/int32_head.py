"""The head becomes int32.

misconception: head_changes_type
fails: ring_push.scan
"""

import jax.numpy as jnp


def ring_push(buffer, head, value):
    return buffer.at[head].set(value), (jnp.asarray(head, jnp.int32) + 1) % buffer.shape[0]
