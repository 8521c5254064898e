"""The derivative without the value.

misconception: value_and_tangent
fails: directional_derivative.values
"""

import jax


def directional_derivative(f, x, v):
    return jax.jvp(f, (x,), (v,))[1]
