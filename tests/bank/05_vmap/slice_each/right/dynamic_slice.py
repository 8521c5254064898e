"""dynamic_slice with a tuple of starts."""

import jax
import jax.numpy as jnp


def slice_each(xs, starts, width):
    return jax.vmap(lambda x, s: jax.lax.dynamic_slice(x, (s,), (width,)))(xs, starts)
