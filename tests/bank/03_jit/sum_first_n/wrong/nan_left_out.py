"""jnp.nansum: NaN counts as 0.

misconception: nan_is_news
fails: sum_first_n.edges
"""

from functools import partial

import jax
import jax.numpy as jnp


@partial(jax.jit, static_argnames="n")
def sum_first_n(x, n):
    return jnp.nansum(x[:n])
