"""The first value becomes the last target.

misconception: one_step_ahead
fails: teacher_forcing.values
"""

import jax
import jax.numpy as jnp


def teacher_forcing(clean, noisy):
    return noisy[:, :, None], jnp.roll(clean, -1, 1)[:, :, None]
