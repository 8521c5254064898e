"""The sum over all entries.

misconception: half_the_mean
fails: regression_step.values
"""

import jax
import jax.numpy as jnp


def regression_step(params, x, y, lr):
    def loss_of(learned):
        return 0.5 * jnp.sum((x @ learned["W"] + learned["b"] - y) ** 2)

    loss, gradient = jax.value_and_grad(loss_of)({"W": params["W"], "b": params["b"]})
    return params | {name: params[name] - lr * gradient[name] for name in gradient}, loss
