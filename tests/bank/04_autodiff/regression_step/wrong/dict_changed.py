"""The caller's dict is changed.

misconception: caller_keeps_its_params
fails: regression_step.pure
"""

import jax
import jax.numpy as jnp


def loss_of(learned, x, y):
    return 0.5 * jnp.mean((x @ learned["W"] + learned["b"] - y) ** 2)


def regression_step(params, x, y, lr):
    loss, g = jax.value_and_grad(loss_of)({"W": params["W"], "b": params["b"]}, x, y)
    params["W"] -= lr * g["W"]
    params["b"] -= lr * g["b"]
    return params, loss
