"""The sum of all, less the rest.

misconception: sum_of_the_first
fails: sum_first_n.values
"""

from functools import partial

import jax


@partial(jax.jit, static_argnames="n")
def sum_first_n(x, n):
    return x.sum() - x[n:].sum()
