"""grad, dotted with v.

misconception: scalar_outputs_only
fails: directional_derivative.values
"""

import jax
import jax.numpy as jnp


def directional_derivative(f, x, v):
    y, gradient = jax.value_and_grad(f)(x)
    return y, jnp.vdot(gradient, v)
