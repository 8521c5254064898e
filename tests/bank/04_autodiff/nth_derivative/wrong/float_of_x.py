"""The point is turned into a Python float.

misconception: concrete_value_needed
fails: nth_derivative.trace
"""

import jax
import jax.numpy as jnp


def nth_derivative(f, n):
    g = f
    for _ in range(n):
        g = jax.grad(g)
    return lambda x: g(float(x))
