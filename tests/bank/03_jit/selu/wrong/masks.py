"""Masks multiply infinity by 0.

misconception: both_branches_run
fails: selu.large
"""

import jax
import jax.numpy as jnp


@jax.jit
def selu(x, alpha=1.67, lmbda=1.05):
    right = (x > 0).astype(jnp.float32)
    return lmbda * (right * x + (1 - right) * alpha * jnp.expm1(x))
