"""Only W and b come back.

misconception: other_entries_stay
fails: regression_step.others
"""

import jax
import jax.numpy as jnp


def loss_of(learned, x, y):
    return 0.5 * jnp.mean((x @ learned["W"] + learned["b"] - y) ** 2)


def regression_step(params, x, y, lr):
    learned = {"W": params["W"], "b": params["b"]}
    loss, g = jax.value_and_grad(loss_of)(learned, x, y)
    return {k: learned[k] - lr * g[k] for k in g}, loss
