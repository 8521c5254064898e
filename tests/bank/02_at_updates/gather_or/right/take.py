"""jnp.take with a fill."""

import jax.numpy as jnp


def gather_or(x, idx, fill):
    idx = jnp.where(idx < 0, x.shape[0], idx)
    return jnp.take(x, idx, axis=0, mode="fill", fill_value=fill)
