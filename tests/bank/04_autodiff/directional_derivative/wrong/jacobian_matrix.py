"""The whole Jacobian, forward, times v, whatever the size.

misconception: whole_jacobian
fails: directional_derivative.forward
"""

import jax
import jax.numpy as jnp
from jax.flatten_util import ravel_pytree


def directional_derivative(f, x, v):
    flat, unravel = ravel_pytree(x)
    jacobian = jax.jacfwd(lambda flat: f(unravel(flat)))(flat)
    return f(x), jacobian @ ravel_pytree(v)[0]
