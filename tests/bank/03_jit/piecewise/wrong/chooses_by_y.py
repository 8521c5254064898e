"""The condition looks at y.

misconception: which_branch
fails: piecewise.values
"""

import jax.numpy as jnp


def piecewise(x, y):
    return jnp.where(y < 3, 3 * y**2, -4 * y)
