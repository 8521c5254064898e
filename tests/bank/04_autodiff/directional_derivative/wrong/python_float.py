"""The result leaves the program as floats.

misconception: concrete_value_needed
fails: directional_derivative.trace
"""

import jax
import jax.numpy as jnp


def directional_derivative(f, x, v):
    value, tangent = jax.jvp(f, (x,), (v,))
    if tangent.ndim == 1:
        tangent = jnp.array([float(t) for t in tangent])
    return value, tangent
