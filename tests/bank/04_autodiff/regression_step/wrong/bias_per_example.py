"""b is added along the batch where the sizes allow it.

misconception: weights_transposed
fails: regression_step.sizes
"""

import jax
import jax.numpy as jnp


def regression_step(params, x, y, lr):
    def loss_of(learned):
        b = learned["b"]
        shift = b[:, None] if b.shape[0] == x.shape[0] else b
        return 0.5 * jnp.mean((x @ learned["W"] + shift - y) ** 2)

    learned = {"W": params["W"], "b": params["b"]}
    loss, g = jax.value_and_grad(loss_of)(learned)
    return {**params, **{k: learned[k] - lr * g[k] for k in g}}, loss
