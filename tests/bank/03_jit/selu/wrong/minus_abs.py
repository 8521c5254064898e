"""The exponent is -|x|, which has a kink at 0, and the left side is chosen there.

misconception: slope_at_a_kink
fails: selu.zero
"""

import jax
import jax.numpy as jnp


@jax.jit
def selu(x, alpha=1.67, lmbda=1.05):
    return lmbda * jnp.where(x > 0, x, alpha * jnp.expm1(-jnp.abs(x)))
