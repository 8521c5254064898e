"""A mask, with n static all the same."""

from functools import partial

import jax
import jax.numpy as jnp


@partial(jax.jit, static_argnames="n")
def sum_first_n(x, n):
    return jnp.where(jnp.arange(len(x)) < n, x, 0).sum()
