"""The gradient is held fixed: what comes back is the gradient.

misconception: hessian_of_squares
fails: hvp.values
"""

import jax
import jax.numpy as jnp


def hvp(f, x, v):
    gradient = jax.lax.stop_gradient(jax.grad(f)(x))
    return jax.grad(lambda x: jnp.vdot(gradient, x))(x)
