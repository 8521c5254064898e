"""A slice of a known size."""

import jax
import jax.numpy as jnp
from jax import lax


@jax.jit
def unused(x):
    return x


def sum_first_n(x, n):
    return jnp.sum(lax.slice(x, (0,), (min(n, x.shape[0]),)), initial=0.0)


sum_first_n = jax.jit(sum_first_n, static_argnames=("n",))
