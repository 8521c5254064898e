"""The curvature along v.

misconception: quadratic_form
fails: hvp.values
"""

import jax
import jax.numpy as jnp


def hvp(f, x, v):
    def slope(x):
        return jax.jvp(f, (x,), (v,))[1]

    return jax.jvp(slope, (x,), (v,))[1]
