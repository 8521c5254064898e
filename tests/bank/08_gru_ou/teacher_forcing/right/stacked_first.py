"""Both as channels of one array, then shifted."""

import jax.numpy as jnp


def teacher_forcing(clean, noisy):
    both = jnp.stack([noisy, clean], axis=-1)
    return both[:, :-1, :1], both[:, 1:, 1:]
