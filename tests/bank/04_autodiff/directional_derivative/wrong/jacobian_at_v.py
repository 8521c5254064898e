"""The Jacobian by @.

misconception: arrays_of_any_shape
fails: directional_derivative.values
"""

import jax


def directional_derivative(f, x, v):
    return f(x), jax.jacfwd(f)(x) @ v
