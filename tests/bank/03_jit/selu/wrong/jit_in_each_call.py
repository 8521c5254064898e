"""Compiled anew in each call.

misconception: traced_again
fails: selu.speed
"""

import jax
import jax.numpy as jnp


def selu(x, alpha=1.67, lmbda=1.05):
    @jax.jit
    def shape(x):
        return lmbda * jnp.where(x > 0, x, alpha * jnp.expm1(jnp.where(x > 0, 0.0, x)))

    return shape(x)
