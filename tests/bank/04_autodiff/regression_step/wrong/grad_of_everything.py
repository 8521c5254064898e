"""The gradient of the whole dict, ints and all.

misconception: other_entries_stay
fails: regression_step.others
"""

import jax
import jax.numpy as jnp


def loss_of(learned, x, y):
    return 0.5 * jnp.mean((x @ learned["W"] + learned["b"] - y) ** 2)


def regression_step(params, x, y, lr):
    loss, g = jax.value_and_grad(loss_of)(params, x, y)
    return jax.tree.map(lambda p, g: p - lr * g, params, g), loss
