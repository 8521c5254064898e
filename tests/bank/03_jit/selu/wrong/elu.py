"""Not scaled on the right.

misconception: selu_formula
fails: selu.values
"""

import jax
import jax.numpy as jnp


@jax.jit
def selu(x, alpha=1.67, lmbda=1.05):
    return jnp.where(x > 0, x, lmbda * alpha * jnp.expm1(jnp.where(x > 0, 0.0, x)))
