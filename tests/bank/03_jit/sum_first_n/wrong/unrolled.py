"""A Python loop.

misconception: loop_is_unrolled
fails: sum_first_n.jit
"""

from functools import partial

import jax
import jax.numpy as jnp


@partial(jax.jit, static_argnums=1)
def sum_first_n(x, n):
    total = jnp.zeros(())
    for i in range(min(n, x.shape[0])):
        total = total + x[i]
    return total
