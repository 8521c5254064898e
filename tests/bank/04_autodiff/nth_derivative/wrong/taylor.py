"""Taylor coefficients.

misconception: taylor_coefficient
fails: nth_derivative.values
"""

import math

import jax


def nth_derivative(f, n):
    g = f
    for _ in range(n):
        g = jax.grad(g)
    return lambda x: g(x) / math.factorial(n)
