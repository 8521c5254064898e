"""lax.map in batches of 32 rows."""

import jax
import jax.numpy as jnp


def jacobian_rows(f, x, rows):
    y, pull = jax.vjp(f, x)
    numbers = jnp.arange(y.shape[0])
    return jax.lax.map(lambda row: pull((numbers == row).astype(y.dtype))[0], rows, batch_size=32)
