"""The sum is cut off from x.

misconception: gradient_cut
fails: sum_first_n.jit
"""

from functools import partial

import jax


@partial(jax.jit, static_argnums=1)
def sum_first_n(x, n):
    return jax.lax.stop_gradient(x)[:n].sum()
