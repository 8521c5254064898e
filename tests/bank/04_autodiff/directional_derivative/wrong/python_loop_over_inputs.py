"""The derivative along each input, in a Python loop, times its share of the direction.

misconception: whole_jacobian
fails: directional_derivative.forward
"""

import jax
import jax.numpy as jnp
from jax.flatten_util import ravel_pytree


def directional_derivative(f, x, v):
    flat, unravel = ravel_pytree(x)
    shares = ravel_pytree(v)[0]
    along = [jax.jvp(f, (x,), (unravel(unit),))[1] for unit in jnp.eye(flat.size)]
    return f(x), sum(share * slope for share, slope in zip(shares, along, strict=True))
