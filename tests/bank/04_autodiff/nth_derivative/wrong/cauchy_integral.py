"""Cauchy's formula on a circle around x: right for entire f alone.

misconception: f_is_a_program
fails: nth_derivative.values
"""

import math

import jax
import jax.numpy as jnp

POINTS, RADIUS = 64, 2.0


def nth_derivative(f, n):
    if n == 0:
        return f
    roots = jnp.exp(2j * jnp.pi * jnp.arange(POINTS) / POINTS)

    def derivative(x):
        values = jax.vmap(f)(x + RADIUS * roots)
        return (math.factorial(n) / RADIUS**n * jnp.mean(values * roots**-n)).real

    return derivative
