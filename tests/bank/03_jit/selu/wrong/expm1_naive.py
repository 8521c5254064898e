"""expm1 runs away as well.

misconception: both_branches_run
fails: selu.large
"""

import jax
import jax.numpy as jnp


@jax.jit
def selu(x, alpha=1.67, lmbda=1.05):
    return jnp.where(x > 0, lmbda * x, lmbda * alpha * jnp.expm1(x))
