"""One entry after the other.

misconception: one_entry_at_a_time
fails: sum_first_n.speed
"""

from functools import partial

import jax
from jax import lax


@partial(jax.jit, static_argnums=1)
def sum_first_n(x, n):
    return lax.fori_loop(0, min(n, x.shape[0]), lambda i, s: s + x[i], 0.0)
