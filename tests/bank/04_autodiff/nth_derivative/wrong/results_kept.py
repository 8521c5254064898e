"""The first result is kept for all x of its shape.

misconception: kept_results
fails: nth_derivative.trace
"""

import jax
import jax.numpy as jnp


def nth_derivative(f, n):
    for _ in range(n):
        f = jax.grad(f)
    kept = {}

    def derivative(x):
        if jnp.shape(x) not in kept:
            kept[jnp.shape(x)] = f(x)
        return kept[jnp.shape(x)]

    return derivative
