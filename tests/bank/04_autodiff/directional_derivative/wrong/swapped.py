"""The derivative first.

misconception: value_and_tangent
fails: directional_derivative.values
"""

import jax
import jax.numpy as jnp


def directional_derivative(f, x, v):
    value, tangent = jax.jvp(f, (x,), (v,))
    return tangent, value
