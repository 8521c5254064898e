"""The gradient of the sum of outputs, dotted with v.

misconception: scalar_outputs_only
fails: directional_derivative.values
"""

import jax
import jax.numpy as jnp


def directional_derivative(f, x, v):
    gradient = jax.grad(lambda x: jnp.sum(f(x)))(x)
    products = jax.tree.map(lambda a, b: jnp.sum(a * b), gradient, v)
    return f(x), sum(jax.tree.leaves(products))
