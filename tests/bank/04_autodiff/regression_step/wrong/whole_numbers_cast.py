"""allow_int, and all others become float32.

misconception: other_entries_stay
fails: regression_step.others
"""

import jax
import jax.numpy as jnp


def regression_step(params, x, y, lr):
    def loss_of(p):
        return 0.5 * jnp.mean((x @ p["W"] + p["b"] - y) ** 2)

    loss, gradient = jax.value_and_grad(loss_of, allow_int=True)(params)
    learned = ("W", "b")
    moved = {k: p - lr * gradient[k] if k in learned else jnp.asarray(p, jnp.float32) for k, p in params.items()}
    return moved, loss
