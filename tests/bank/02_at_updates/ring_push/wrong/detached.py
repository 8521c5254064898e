"""The new value is cut off.

misconception: gradient_cut
fails: ring_push.scan
"""

import jax.numpy as jnp
from jax import lax


def ring_push(buffer, head, value):
    new = buffer.at[head].set(lax.stop_gradient(value))
    return new, ((head + 1) % buffer.shape[0]).astype(head.dtype)
