"""The value at x + v.

misconception: value_and_tangent
fails: directional_derivative.values
"""

import jax
import jax.numpy as jnp


def directional_derivative(f, x, v):
    _, tangent = jax.jvp(f, (x,), (v,))
    return f(jax.tree.map(jnp.add, x, v)), tangent
