"""vdot of the gradient, which is no array for a pytree.

misconception: arrays_of_any_shape
fails: hvp.shapes
"""

import jax
import jax.numpy as jnp


def hvp(f, x, v):
    return jax.grad(lambda x: jnp.vdot(jax.grad(f)(x), v))(x)
