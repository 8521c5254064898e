"""One derivative too many.

misconception: order_off_by_one
fails: nth_derivative.values
"""

import jax
import jax.numpy as jnp


def nth_derivative(f, n):
    g = jax.grad(f)
    for _ in range(n):
        g = jax.grad(g)
    return g
