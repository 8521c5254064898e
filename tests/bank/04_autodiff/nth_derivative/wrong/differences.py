"""Central differences, again and again.

misconception: finite_differences
fails: nth_derivative.values
"""

import jax
import jax.numpy as jnp


def nth_derivative(f, n):
    if n == 0:
        return f
    g = nth_derivative(f, n - 1)
    return lambda x: (g(x + 1e-2) - g(x - 1e-2)) / 2e-2
