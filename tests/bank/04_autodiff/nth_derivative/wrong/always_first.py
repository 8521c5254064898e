"""The loop differentiates f again and again, from the start.

misconception: order_off_by_one
fails: nth_derivative.values
"""

import jax
import jax.numpy as jnp


def nth_derivative(f, n):
    g = f
    for _ in range(n):
        g = jax.grad(f)
    return g
