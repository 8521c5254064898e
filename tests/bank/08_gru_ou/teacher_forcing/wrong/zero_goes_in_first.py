"""A zero goes in first, so the input at t is two steps old.

misconception: one_step_ahead
fails: teacher_forcing.values
"""

import jax.numpy as jnp


def teacher_forcing(clean, noisy):
    inputs = jnp.pad(noisy[:, :-2], ((0, 0), (1, 0)))
    return inputs[..., None], clean[:, 1:, None]
