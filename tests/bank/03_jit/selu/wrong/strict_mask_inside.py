"""The inner mask is strict as well: at 0 the exponential sees a constant.

misconception: slope_at_a_kink
fails: selu.zero
"""

import jax
import jax.numpy as jnp


@jax.jit
def selu(x, alpha=1.67, lmbda=1.05):
    left = jnp.expm1(jnp.where(x < 0, x, 0.0))
    return lmbda * jnp.where(x > 0, x, alpha * left)
