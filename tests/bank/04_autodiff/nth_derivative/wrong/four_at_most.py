"""Orders beyond four are taken for four.

misconception: order_off_by_one
fails: nth_derivative.orders
"""

import jax


def nth_derivative(f, n):
    for _ in range(min(n, 4)):
        f = jax.grad(f)
    return f
