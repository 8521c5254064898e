"""A single output is squeezed, and y is not.

misconception: weights_transposed
fails: regression_step.sizes
"""

import jax
import jax.numpy as jnp


def regression_step(params, x, y, lr):
    def loss_of(learned):
        prediction = jnp.squeeze(x @ learned["W"] + learned["b"])
        return 0.5 * jnp.mean((prediction - y) ** 2)

    learned = {"W": params["W"], "b": params["b"]}
    loss, g = jax.value_and_grad(loss_of)(learned)
    return {**params, **{k: learned[k] - lr * g[k] for k in g}}, loss
