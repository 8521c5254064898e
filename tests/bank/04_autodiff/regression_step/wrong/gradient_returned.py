"""The gradient comes back, and no step is taken.

misconception: downhill
fails: regression_step.values
"""

import jax
import jax.numpy as jnp


def regression_step(params, x, y, lr):
    def loss_of(learned):
        return 0.5 * jnp.mean((x @ learned["W"] + learned["b"] - y) ** 2)

    loss, gradient = jax.value_and_grad(loss_of)({"W": params["W"], "b": params["b"]})
    return params | gradient, loss
