"""lax slices, compiled."""

import jax
import jax.numpy as jnp


@jax.jit
def teacher_forcing(clean, noisy):
    n = clean.shape[1] - 1
    return jax.lax.dynamic_slice_in_dim(noisy, 0, n, 1)[..., None], jax.lax.dynamic_slice_in_dim(clean, 1, n, 1)[
        ..., None
    ]
