"""The gradient at v.

misconception: hessian_of_squares
fails: hvp.values
"""

import jax


def hvp(f, x, v):
    return jax.grad(f)(v)
