"""`@` between the gradient and v.

misconception: arrays_of_any_shape
fails: hvp.shapes
"""

import jax
import jax.numpy as jnp


def hvp(f, x, v):
    return jax.grad(lambda x: jax.grad(f)(x) @ v)(x)
