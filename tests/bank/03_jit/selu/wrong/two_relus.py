"""Both sides by relu, whose slope at 0 is 0.

misconception: slope_at_a_kink
fails: selu.zero
"""

import jax
import jax.numpy as jnp


@jax.jit
def selu(x, alpha=1.67, lmbda=1.05):
    return lmbda * (jax.nn.relu(x) + alpha * jnp.expm1(-jax.nn.relu(-x)))
