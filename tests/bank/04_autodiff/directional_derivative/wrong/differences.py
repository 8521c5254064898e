"""A difference quotient.

misconception: finite_differences
fails: directional_derivative.values
"""

import jax
import jax.numpy as jnp


def directional_derivative(f, x, v):
    moved = jax.tree.map(lambda a, b: a + 1e-3 * b, x, v)
    return f(x), (f(moved) - f(x)) / 1e-3
