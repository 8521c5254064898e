"""One of the two rows is taken as a constant.

misconception: gradient_cut
fails: swap_rows.traced
"""

import jax.numpy as jnp
from jax import lax


def swap_rows(x, i, j):
    return x.at[i].set(x[j]).at[j].set(lax.stop_gradient(x[i]))
