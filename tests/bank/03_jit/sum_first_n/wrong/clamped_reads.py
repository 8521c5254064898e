"""A loop that reads past the end.

misconception: edges_of_n
fails: sum_first_n.edges
"""

from functools import partial

import jax
from jax import lax


@partial(jax.jit, static_argnums=1)
def sum_first_n(x, n):
    return lax.fori_loop(0, n, lambda i, s: s + x[i], 0.0)
