"""jnp.piecewise, whose gradient JAX keeps finite itself."""

import jax
import jax.numpy as jnp


@jax.jit
def selu(x, alpha=1.67, lmbda=1.05):
    return jnp.piecewise(x, [x > 0], [lambda v: lmbda * v, lambda v: lmbda * alpha * (jnp.exp(v) - 1)])
