"""W and b by their place in the dict.

misconception: other_entries_stay
fails: regression_step.others
"""

import jax
import jax.numpy as jnp


def regression_step(params, x, y, lr):
    W, b, *_ = params.values()

    def loss_of(W, b):
        return 0.5 * jnp.mean((x @ W + b - y) ** 2)

    loss, (dW, db) = jax.value_and_grad(loss_of, argnums=(0, 1))(W, b)
    return {**params, "W": W - lr * dW, "b": b - lr * db}, loss
