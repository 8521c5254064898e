"""The whole Jacobian, backward, times v.

misconception: backward_not_forward
fails: directional_derivative.forward
"""

import jax
import jax.numpy as jnp
from jax.flatten_util import ravel_pytree


def directional_derivative(f, x, v):
    flat, unravel = ravel_pytree(x)
    jacobian = jax.jacrev(lambda flat: f(unravel(flat)))(flat)
    return f(x), jacobian @ ravel_pytree(v)[0]
