"""The value where the step ends.

misconception: value_and_tangent
fails: directional_derivative.values
"""

import jax
import jax.numpy as jnp


def directional_derivative(f, x, v):
    moved = jax.jvp(f, (x,), (v,))[1]
    return f(jax.tree.map(jnp.add, x, v)), moved
