"""The last order is missed.

misconception: order_off_by_one
fails: nth_derivative.values
"""

import jax
import jax.numpy as jnp


def nth_derivative(f, n):
    for _ in range(1, n):
        f = jax.grad(f)
    return f
