"""A gradient rule of its own, which is no compilation.

misconception: not_a_jit_object
fails: selu.jit
"""

import jax
import jax.numpy as jnp


@jax.custom_jvp
def selu(x, alpha=1.67, lmbda=1.05):
    return lmbda * jnp.where(x > 0, x, alpha * jnp.expm1(jnp.where(x > 0, 0.0, x)))


@selu.defjvp
def rule(primals, tangents):
    x, alpha, lmbda = primals
    y = selu(x, alpha, lmbda)
    return y, tangents[0] * jnp.where(x > 0, lmbda, y + lmbda * alpha)
