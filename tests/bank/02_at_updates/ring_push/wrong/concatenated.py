"""The buffer is put together of slices that end at the head.

misconception: slice_by_a_tracer
fails: ring_push.scan
"""

import jax.numpy as jnp


def ring_push(buffer, head, value):
    buffer = jnp.concatenate([buffer[:head], value[None], buffer[head + 1 :]])
    return buffer, (head + 1) % len(buffer)
