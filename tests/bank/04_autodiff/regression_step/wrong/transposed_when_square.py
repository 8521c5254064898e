"""W is transposed where it is square.

misconception: weights_transposed
fails: regression_step.sizes
"""

import jax
import jax.numpy as jnp


def regression_step(params, x, y, lr):
    def loss_of(learned):
        W = learned["W"]
        W = W.T if W.shape[0] == W.shape[1] > 1 else W
        return 0.5 * jnp.mean((x @ W + learned["b"] - y) ** 2)

    learned = {"W": params["W"], "b": params["b"]}
    loss, g = jax.value_and_grad(loss_of)(learned)
    return {**params, **{k: learned[k] - lr * g[k] for k in g}}, loss
