"""Takes the caller's buffer.

misconception: input_is_gone
fails: ring_push.pure
"""

from functools import partial

import jax


@partial(jax.jit, donate_argnums=0)
def ring_push(buffer, head, value):
    return buffer.at[head].set(value), (head + 1) % buffer.shape[0]
