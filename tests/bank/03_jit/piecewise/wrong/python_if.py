"""A Python if, for numbers.

misconception: branch_on_traced_value
fails: piecewise.traced
"""

import jax.numpy as jnp


def piecewise(x, y):
    if jnp.ndim(x) == 0:
        return 3 * y**2 if x < 3 else -4 * y
    return jnp.where(x < 3, 3 * y**2, -4 * y)
