"""The gradient of the summed gradient, times v: the row sums of the Hessian.

misconception: hessian_diagonal
fails: hvp.values
"""

import jax
import jax.numpy as jnp


def hvp(f, x, v):
    def total(x):
        return sum(jnp.sum(leaf) for leaf in jax.tree.leaves(jax.grad(f)(x)))

    return jax.tree.map(jnp.multiply, jax.grad(total)(x), v)
