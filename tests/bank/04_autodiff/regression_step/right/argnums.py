"""grad by argnums."""

import jax
import jax.numpy as jnp


def regression_step(params, x, y, lr):
    def loss_of(W, b):
        return 0.5 * jnp.mean(jnp.square(jnp.dot(x, W) + b - y))

    loss, (dW, db) = jax.value_and_grad(loss_of, argnums=(0, 1))(params["W"], params["b"])
    new = dict(params)
    new["W"] = params["W"] - lr * dW
    new["b"] = params["b"] - lr * db
    return new, loss
