"""Skips a step.

misconception: one_step_ahead
fails: teacher_forcing.values
"""

import jax
import jax.numpy as jnp


def teacher_forcing(clean, noisy):
    return noisy[:, :-1, None], jnp.roll(clean, -2, 1)[:, :-1, None]
