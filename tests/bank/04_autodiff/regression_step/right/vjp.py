"""Through vjp."""

import jax
import jax.numpy as jnp


def regression_step(params, x, y, lr):
    def loss_of(W, b):
        return jnp.mean((x @ W + b - y) ** 2) / 2

    loss, pull = jax.vjp(loss_of, params["W"], params["b"])
    dW, db = pull(jnp.ones_like(loss))
    return {
        k: {"W": lambda: v - lr * dW, "b": lambda: v - lr * db}.get(k, lambda: v)() for k, v in params.items()
    }, loss
