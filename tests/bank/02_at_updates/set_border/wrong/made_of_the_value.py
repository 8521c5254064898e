"""An array of the value's dtype, the inside put into it.

misconception: other_dtype
fails: set_border.values
"""

import jax.numpy as jnp


def set_border(x, value):
    return jnp.full(x.shape, value).at[1:-1, 1:-1].set(x[1:-1, 1:-1])
