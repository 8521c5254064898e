"""A mask with n traced.

misconception: n_is_traced
fails: sum_first_n.jit
"""

import jax
import jax.numpy as jnp


@jax.jit
def sum_first_n(x, n):
    return jnp.where(jnp.arange(x.shape[0]) < n, x, 0).sum()
