"""The gradient rule knows the usual constants only.

misconception: selu_formula
fails: selu.values
"""

import jax
import jax.numpy as jnp


@jax.custom_jvp
def function(x, alpha, lmbda):
    return lmbda * jnp.where(x > 0, x, alpha * jnp.expm1(jnp.where(x > 0, 0.0, x)))


@function.defjvp
def rule(primals, tangents):
    x, alpha, lmbda = primals
    slope = 1.05 * jnp.where(x > 0, 1.0, 1.67 * jnp.exp(jnp.minimum(x, 0.0)))
    return function(x, alpha, lmbda), tangents[0] * slope


@jax.jit
def selu(x, alpha=1.67, lmbda=1.05):
    return function(x, alpha, lmbda)
