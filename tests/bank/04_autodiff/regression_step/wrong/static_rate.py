"""The learning rate as a Python float.

misconception: concrete_value_needed
fails: regression_step.trace
"""

import jax
import jax.numpy as jnp


def loss_of(learned, x, y):
    return 0.5 * jnp.mean((x @ learned["W"] + learned["b"] - y) ** 2)


def regression_step(params, x, y, lr):
    lr = float(lr)
    learned = {"W": params["W"], "b": params["b"]}
    loss, g = jax.value_and_grad(loss_of)(learned, x, y)
    return {**params, **{k: learned[k] - lr * g[k] for k in g}}, loss
