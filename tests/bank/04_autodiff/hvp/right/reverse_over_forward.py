"""The gradient of the directional derivative."""

import jax
import jax.numpy as jnp


def hvp(f, x, v):
    return jax.grad(lambda x: jax.jvp(f, (x,), (v,))[1])(x)
