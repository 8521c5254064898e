"""b does not learn.

misconception: one_gradient_for_all
fails: regression_step.values
"""

import jax
import jax.numpy as jnp


def loss_of(learned, x, y):
    return 0.5 * jnp.mean((x @ learned["W"] + learned["b"] - y) ** 2)


def regression_step(params, x, y, lr):
    loss, g = jax.value_and_grad(lambda W: loss_of({"W": W, "b": params["b"]}, x, y))(params["W"])
    return {**params, "W": params["W"] - lr * g}, loss
