"""One target per path, many to one.

misconception: one_step_ahead
fails: teacher_forcing.values
"""

import jax.numpy as jnp


def teacher_forcing(clean, noisy):
    last = jnp.broadcast_to(clean[:, -1:, None], (*clean[:, 1:].shape, 1))
    return noisy[:, :-1, None], last
