"""The gradient's outer product.

misconception: hessian_of_squares
fails: hvp.values
"""

import jax
import jax.numpy as jnp


def hvp(f, x, v):
    g = jax.grad(f)(x)
    along = sum(jax.tree.leaves(jax.tree.map(lambda a, b: jnp.sum(a * b), g, v)))
    return jax.tree.map(lambda a: a * along, g)
