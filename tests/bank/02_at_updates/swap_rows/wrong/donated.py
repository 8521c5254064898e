"""Takes the caller's array.

misconception: input_is_gone
fails: swap_rows.pure
"""

from functools import partial

import jax


@partial(jax.jit, donate_argnums=0)
def swap_rows(x, i, j):
    return x.at[i].set(x[j]).at[j].set(x[i])
