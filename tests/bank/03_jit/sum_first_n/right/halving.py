"""The halves are added to each other, until one entry is left: a recursion while tracing."""

from functools import partial

import jax
import jax.numpy as jnp


def total(x):
    if x.shape[0] < 2:
        return x.sum()
    half = (x.shape[0] + 1) // 2
    return total(x[:half].at[: x.shape[0] - half].add(x[half:]))


@partial(jax.jit, static_argnums=-1)
def sum_first_n(x, n):
    return total(x[:n])
