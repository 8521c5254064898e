"""The result has the shape of x.

misconception: one_choice_an_entry
fails: piecewise.arrays
"""

import jax
import jax.numpy as jnp
from jax import lax


def piecewise(x, y):
    one = lambda x, y: lax.cond(x < 3, lambda: 3.0 * y**2, lambda: -4.0 * y)
    x = jnp.asarray(x)
    return jax.vmap(one)(x.ravel(), jnp.broadcast_to(y, x.shape).ravel()).reshape(x.shape)
