"""Order 0 is differentiated too.

misconception: order_off_by_one
fails: nth_derivative.orders
"""

import jax
import jax.numpy as jnp


def nth_derivative(f, n):
    g = jax.grad(f)
    for _ in range(n - 1):
        g = jax.grad(g)
    return g
