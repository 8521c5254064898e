"""The target is the clean value at the same time.

misconception: one_step_ahead
fails: teacher_forcing.values
"""

import jax
import jax.numpy as jnp


def teacher_forcing(clean, noisy):
    return noisy[:, :-1, None], clean[:, :-1, None]
