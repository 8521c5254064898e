"""A difference quotient of gradients.

misconception: finite_differences
fails: hvp.values
"""

import jax
import jax.numpy as jnp


def hvp(f, x, v):
    g = jax.grad(f)
    moved = g(jax.tree.map(lambda a, b: a + 1e-3 * b, x, v))
    return jax.tree.map(lambda a, b: (a - b) / 1e-3, moved, g(x))
