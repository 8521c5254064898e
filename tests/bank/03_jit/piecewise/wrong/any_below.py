"""One entry below 3 chooses for all.

misconception: one_choice_an_entry
fails: piecewise.arrays
"""

import jax.numpy as jnp
from jax import lax


def piecewise(x, y):
    return lax.cond(jnp.any(x < 3), lambda: 3 * y**2, lambda: -4 * y)
