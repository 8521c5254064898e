"""Without the one half.

misconception: half_the_mean
fails: regression_step.values
"""

import jax
import jax.numpy as jnp


def regression_step(params, x, y, lr):
    def loss_of(learned):
        return jnp.mean((x @ learned["W"] + learned["b"] - y) ** 2)

    learned = {"W": params["W"], "b": params["b"]}
    loss, g = jax.value_and_grad(loss_of)(learned)
    return {**params, **{k: learned[k] - lr * g[k] for k in g}}, loss
