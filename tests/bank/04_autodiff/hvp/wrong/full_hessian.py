"""The whole Hessian.

misconception: hessian_formed
fails: hvp.memory
"""

import jax
import jax.numpy as jnp
from jax.flatten_util import ravel_pytree


def hvp(f, x, v):
    flat, unravel = ravel_pytree(x)
    hessian = jax.hessian(lambda z: f(unravel(z)))(flat)
    return unravel(hessian @ ravel_pytree(v)[0])
