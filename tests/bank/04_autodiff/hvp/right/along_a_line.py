"""d/dt of grad f(x + t v)."""

import jax
import jax.numpy as jnp


def hvp(f, x, v):
    def gradient_at(t):
        return jax.grad(f)(jax.tree.map(lambda a, b: a + t * b, x, v))

    return jax.jacfwd(gradient_at)(0.0)
