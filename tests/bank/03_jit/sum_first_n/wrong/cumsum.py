"""The running sum at n - 1, which is the last for n = 0.

misconception: edges_of_n
fails: sum_first_n.edges
"""

from functools import partial

import jax
import jax.numpy as jnp


@partial(jax.jit, static_argnums=1)
def sum_first_n(x, n):
    return jnp.cumsum(x)[n - 1]
