"""The weights decay a little with each step.

misconception: downhill
fails: regression_step.values
"""

import jax
import jax.numpy as jnp


def regression_step(params, x, y, lr):
    def loss_of(learned):
        return 0.5 * jnp.mean((x @ learned["W"] + learned["b"] - y) ** 2)

    learned = {"W": params["W"], "b": params["b"]}
    loss, gradient = jax.value_and_grad(loss_of)(learned)
    gradient["W"] += 1e-4 * params["W"]
    return params | {name: learned[name] - lr * gradient[name] for name in learned}, loss
