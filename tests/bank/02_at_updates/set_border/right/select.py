"""jnp.indices and select."""

import jax.numpy as jnp


def set_border(x, value):
    i, j = jnp.indices(x.shape)
    inside = (i > 0) & (j > 0) & (i < x.shape[0] - 1) & (j < x.shape[1] - 1)
    return jnp.select([inside], [x], value)
