"""A frame around instead of within.

misconception: all_of_the_frame
fails: set_border.values
"""

import jax.numpy as jnp


def set_border(x, value):
    return jnp.pad(x, 1, constant_values=value)
