"""The whole Jacobian, forward, times v.

misconception: whole_jacobian
fails: directional_derivative.speed
"""

import jax
import jax.numpy as jnp
from jax.flatten_util import ravel_pytree


def directional_derivative(f, x, v):
    flat, unravel = ravel_pytree(x)
    if flat.size < 10 or flat.size > 1000:
        return jax.jvp(f, (x,), (v,))
    jacobian = jax.jacfwd(lambda flat: f(unravel(flat)))(flat)
    return f(x), jacobian @ ravel_pytree(v)[0]
