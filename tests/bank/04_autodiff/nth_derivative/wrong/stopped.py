"""The derivative has no derivative.

misconception: gradient_cut
fails: nth_derivative.trace
"""

import jax


def nth_derivative(f, n):
    for _ in range(n):
        f = jax.grad(f)
    return lambda x: jax.lax.stop_gradient(f(x))
