"""`-=` on the entries of a copy: with JAX on the right even NumPy arrays are replaced, not changed."""

import jax
import jax.numpy as jnp


def regression_step(params, x, y, lr):
    new = dict(params)

    def loss_of(w, b):
        return 0.5 * jnp.mean((x @ w + b - y) ** 2)

    loss, (gw, gb) = jax.value_and_grad(loss_of, argnums=(0, 1))(new["W"], new["b"])
    new["W"] -= lr * gw
    new["b"] -= lr * gb
    return new, loss
