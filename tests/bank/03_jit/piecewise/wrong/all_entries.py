"""One choice for everybody.

misconception: one_choice_an_entry
fails: piecewise.arrays
"""

import jax.numpy as jnp


def piecewise(x, y):
    return jnp.where(jnp.all(x < 3), 3 * y**2, -4 * y)
