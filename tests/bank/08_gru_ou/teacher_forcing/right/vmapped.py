"""vmap over paths."""

import jax
import jax.numpy as jnp


def teacher_forcing(clean, noisy):
    return jax.vmap(lambda c, n: (n[:-1].reshape(-1, 1), c[1:].reshape(-1, 1)))(clean, noisy)
