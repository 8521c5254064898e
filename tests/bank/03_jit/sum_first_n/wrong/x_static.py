"""Number 0 is made static.

misconception: static_is_for_n
fails: sum_first_n.values
"""

from functools import partial

import jax


@partial(jax.jit, static_argnums=0)
def sum_first_n(x, n):
    return x[:n].sum()
