"""The last axis is missing.

misconception: one_step_ahead
fails: teacher_forcing.values
"""

import jax
import jax.numpy as jnp


def teacher_forcing(clean, noisy):
    return noisy[:, :-1], clean[:, 1:]
