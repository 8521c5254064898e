"""Entry n as well.

misconception: sum_of_the_first
fails: sum_first_n.values
"""

from functools import partial

import jax


@partial(jax.jit, static_argnums=1)
def sum_first_n(x, n):
    return x[: n + 1].sum()
