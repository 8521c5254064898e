"""The inside, padded: thin arrays grow.

misconception: no_inside
fails: set_border.thin
"""

import jax.numpy as jnp


def set_border(x, value):
    return jnp.pad(x[1:-1, 1:-1], 1, constant_values=value)
